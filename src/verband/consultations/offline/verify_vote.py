#!/usr/bin/env python3
"""Verify and count a published vote of Verband, offline, with nothing but Python 3.11 or later.

    python3 verify_vote.py FILE [RECEIPT ...] [--key KEY] [--language nl]

FILE is the roll-call of a vote (roll-call.json). A RECEIPT is the proof of one ballot (proof.json)
as the voter kept it. ``--key`` is the public key as you noted it yourself; without it the key in
the file is believed.

It counts every question anew from the ballots, and verifies that the records are those whose root
was sealed and signed when the vote closed. Each problem is one sentence that names what was
altered. Exit code 0: everything is right; 1: not; 2: the file cannot be read.

From the published standards alone: RFC 6962 and RFC 9162 (tree and proofs), RFC 8032 (Ed25519),
RFC 8785 (JSON), C2SP signed-note and tlog-checkpoint. So it does not believe the program.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator, Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

from verband.kernel.offline.verify_bundle import (
    Key,
    Tree,
    canonical,
    from_hex,
    included,
    leaf_hash,
    node_hash,
    read_key,
    read_note,
)

# Each code with its English sentence, and the Dutch one below it.
TEXTS = """\
form: %s: this is not a roll-call as it is published
    %s: dit is geen stemlijst zoals die wordt gepubliceerd
layout: The file was written anew: it is not byte for byte as it was published
    Het bestand is opnieuw geschreven: het is niet letter voor letter zoals gepubliceerd
receipt_form: %s: this is no receipt
    %s: dit is geen ontvangstbewijs
altered: %s was altered
    %s is veranderd
altered_from: %s was altered: “%s” must be “%s”
    %s is veranderd: “%s” moet “%s” zijn
leaf: the hash of %s was altered
    de hash van %s is veranderd
missing: a record is missing: %s
    er ontbreekt een regel: %s
added: %s was added
    %s is toegevoegd
swapped: %s does not stand in its place
    %s staat niet op zijn plaats
number: of %s ballot %s is missing, and a later one is there
    van %s ontbreekt stem %s, terwijl een latere er wel is
twice: ballot %s of %s stands there twice
    stem %s van %s staat er twee keer
ballots: number of ballots at the closing: %s; in the file: %s
    aantal stemmen bij de sluiting: %s; in het bestand: %s
no_member: %s is of a member that does not stand on the roll
    %s is van een lid dat niet in het stemregister staat
weight: %s has the weight %s, on the roll %s
    %s heeft het gewicht %s, in het stemregister %s
choice: %s holds an answer that is not on the paper
    %s bevat een antwoord dat niet op het stembiljet staat
key_votes: %s: with %s inhabitants the voting key gives the weight %s, not %s
    %s: bij %s inwoners geeft de stemsleutel het gewicht %s, niet %s
roll: the roll is not the one that was sealed at the opening
    het stemregister is niet het register dat bij de opening werd verzegeld
rule: the rule or the text was altered: %s is not as it was sealed
    de regel of de tekst is veranderd: %s is niet zoals verzegeld
closing: the closing was altered: %s is not as it was sealed
    de sluiting is veranderd: %s is niet zoals verzegeld
root: the records do not give the root that was sealed at the closing
    de regels geven niet de wortel die bij de sluiting werd verzegeld
said_root: the root in the file is not the one that was sealed
    de wortel in het bestand is niet de verzegelde
count: question %s, %s: the file says members: %s, votes: %s; the ballots give %s and %s
    vraag %s, %s: het bestand zegt leden: %s, stemmen: %s; de stemmen geven %s en %s
note: %s: the checkpoint was altered or is not signed with a known key
    %s: het controlepunt is veranderd of niet met een bekende sleutel ondertekend
line: %s: the sealed line of the %s is not under the checkpoint
    %s: de verzegelde regel van de %s valt niet onder het controlepunt
row: %s: the %s is not what its sealed line wrote
    %s: de %s is niet wat de verzegelde regel schreef
unsealed: %s: this was not sealed yet; take it again in a few minutes
    %s: dit was nog niet verzegeld; haal het over een paar minuten opnieuw op
other_vote: %s: this receipt is of vote %s
    %s: dit bewijs hoort bij stemming %s
receipt: %s: the receipt was altered: its code does not belong to its ballot
    %s: het bewijs is veranderd: de code hoort niet bij de stem
receipt_place: %s: the receipt does not lead to the root of this vote
    %s: het bewijs leidt niet naar de wortel van deze stemming
dropped: %s: ballot %s of %s is not in the roll-call; it was left out
    %s: stem %s van %s staat niet in de stemlijst; die is weggelaten
other_ballot: %s: the roll-call holds another ballot %s of %s than this receipt: it was altered
    %s: de stemlijst bevat een andere stem %s van %s dan dit bewijs: die is veranderd
holds: %s: ballot %s of %s stands in the roll-call%s
    %s: stem %s van %s staat in de stemlijst%s
replaced:  and was replaced by ballot %s
     en is vervangen door stem %s
right: Everything is right. Members on the roll: %s. Ballots: %s. Root: %s.
    Alles klopt. Leden in het stemregister: %s. Stemmen: %s. Wortel: %s.
believed: The key in the file was believed. Compare it with the one you noted:
    De sleutel in het bestand is geloofd. Vergelijk die met de sleutel die u noteerde:
question: Question %s: %s
    Vraag %s: %s
amount:   %s: members %s, votes %s
      %s: leden %s, stemmen %s
bound:   %s: %s (needed: %s) %s
      %s: %s (nodig: %s) %s
outcome:   By this rule: %s
      Volgens deze regel: %s
adopted: adopted
    aangenomen
rejected: rejected
    verworpen
tied: a tie
    gelijke stemmen
no_quorum: nothing decided, no quorum
    niets besloten, geen quorum
reached: reached
    gehaald
for: for
    voor
against: against
    tegen
abstain: abstain
    onthouding
proposal: the proposal
    het voorstel
amended: the amended proposal
    het gewijzigde voorstel
none: none of these
    geen van deze
neither: neither of the two
    geen van beide
missed: not reached
    niet gehaald
silent: no ballot
    geen stem
header: the header
    de kop
roll_line: the roll line of %s
    de regel van %s in het stemregister
proxy: the proxy of %s
    de volmacht van %s
ballot: ballot %s of %s
    stem %s van %s
closing_line: the closing
    de sluiting
opened: opening
    opening
closed: closing
    sluiting
cast: ballot
    stem
record: record %s
    regel %s
held_over: held over, a tie
    aangehouden, gelijke stemmen
"""
LINES = TEXTS.splitlines()
SENTENCES = {
    code: (english, dutch[4:])
    for (code, _, english), dutch in zip(
        (line.partition(": ") for line in LINES[::2]), LINES[1::2], strict=True
    )
}
BOUND = re.compile(
    r"(members|votes|inhabitants)(?:\s+(present|cast|valid))?\s*(>=|>)\s*"
    r"(\d{1,18})(?:\s*/\s*([1-9]\d{0,17}))?(?:\s+of\s+(all|present|cast|valid))?"
)
UNITS = ("members", "votes", "inhabitants")
SILENT = ("abstain", "blank", "invalid")
TEXT, WHOLE, MAYBE, MAYBE_TEXT = (str,), (int,), (int, type(None)), (str, type(None))
SHAPES: dict[str, dict[str, tuple[type, ...]]] = {
    "header": {
        "record": TEXT,
        "consultation": TEXT,
        "kind": TEXT,
        "opened": TEXT,
        "title": TEXT,
        "closes": MAYBE_TEXT,
        "call": WHOLE,
        "questions": (list,),
        "frozen": (dict,),
    },
    "roll": {
        "record": TEXT,
        "member": TEXT,
        "name": TEXT,
        "votes": WHOLE,
        "inhabitants": MAYBE,
        "figure_day": MAYBE_TEXT,
        "figure_source": TEXT,
        "segments": (dict,),
    },
    "proxy": {"record": TEXT, "member": TEXT, "holder": TEXT},
    "ballot": {
        "consultation": TEXT,
        "member": TEXT,
        "votes": WHOLE,
        "number": WHOLE,
        "answers": (dict,),
        "reason": TEXT,
        "capacity": TEXT,
        "by": MAYBE_TEXT,
        "at": TEXT,
        "nonce": TEXT,
    },
    "closing": {
        "record": TEXT,
        "at": TEXT,
        "early": (bool,),
        "ballots": WHOLE,
        "present": (list, type(None)),
    },
}
PARTS = ("format", "consultation", "root", "counts", "audit")


def kind_of(record: object) -> str | None:
    """What a record is, if it has exactly the fields of that."""
    if not isinstance(record, dict):
        return None
    kind = record.get("record", "ballot")
    shape = SHAPES.get(kind) if isinstance(kind, str) else None
    if not isinstance(kind, str) or shape is None or set(shape) != set(record):
        return None
    for name, kinds in shape.items():
        if not isinstance(record[name], kinds) or (kinds != (bool,) and record[name] is True):
            return None
    return kind


def laid_out(value: dict[str, Any]) -> bytes:
    """The file as it is published: one record on a line."""
    parts = b"".join(b'"%s":%s,\n' % (name.encode(), canonical(value[name])) for name in PARTS)
    leaves = b",\n".join(canonical(leaf) for leaf in value["leaves"])
    records = b",\n".join(canonical(record) for record in value["records"])
    return b'{%s"leaves":[\n%s],\n"records":[\n%s]}\n' % (parts, leaves, records)


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, section 2.1."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


class Levels:
    """A tree that is kept whole, to see quickly which root another leaf would give."""

    def __init__(self, leaves: list[bytes]) -> None:
        self.rows = [leaves]
        while len(self.rows[-1]) > 1:
            row = self.rows[-1]
            above = [node_hash(a, b) for a, b in zip(row[::2], row[1::2], strict=False)]
            self.rows.append(above + row[len(above) * 2 :])

    def with_leaf(self, index: int, leaf: bytes) -> bytes:
        """The root with one leaf replaced."""
        for row in self.rows[:-1]:
            if index ^ 1 < len(row):
                other = row[index ^ 1]
                leaf = node_hash(other, leaf) if index & 1 else node_hash(leaf, other)
            index >>= 1
        return leaf


class Vote:
    """One verification; ``problems`` collects (code, values)."""

    def __init__(self, value: dict[str, Any], key: Key | None, language: int) -> None:
        self.value, self.key, self.language = value, key, language
        self.records: list[dict[str, Any]] = value["records"]
        self.said: list[str] = value["leaves"]
        self.leaves = [leaf_hash(canonical(record)) for record in self.records]
        self.problems: list[str] = []
        self.said_to: list[str] = []
        self.named: set[int] = set()
        of = {kind: [r for r in self.records if kind_of(r) == kind] for kind in SHAPES}
        self.roll = {line["member"]: line for line in of["roll"]}
        self.ballots, self.headers, self.closings = of["ballot"], of["header"], of["closing"]
        self.root = from_hex(value["root"], 32) or b""
        frozen = self.headers[0]["frozen"] if self.headers else {}
        self.by_approval = frozen.get("election") == "approval"

    def say(self, code: str, *values: object) -> str:
        """A sentence in the language that was asked."""
        return SENTENCES[code][self.language] % values

    def wrong(self, code: str, *values: object) -> None:
        """Note a problem once."""
        sentence = self.say(code, *values)
        if sentence not in self.problems:
            self.problems.append(sentence)

    def name(self, index: int, record: object = None) -> str:
        """What a record is, in words."""
        record = self.records[index] if record is None else record
        kind = kind_of(record)
        if not isinstance(record, dict) or kind is None:
            return self.say("record", index + 1)
        if kind == "ballot":
            return self.say("ballot", record["number"], record["member"])
        if kind in ("roll", "proxy"):
            return self.say("roll_line" if kind == "roll" else "proxy", record["member"])
        return self.say("header" if kind == "header" else "closing_line")

    def verify(self) -> None:
        """Do everything."""
        sealed = self.check_sealed()
        if sealed is not None:
            self.root = from_hex(sealed.get("root"), 32) or b""
            if self.value["root"] != sealed.get("root"):
                self.wrong("said_root")
        self.check_leaves()
        self.check_shapes()
        self.check_ballots(sealed)
        self.check_roll()
        found = root_of(self.leaves) == self.root or self.named
        if not (found or self.find_altered() or self.find_added() or self.find_swapped()):
            self.wrong("root")
        self.check_counts()

    def check_sealed(self) -> dict[str, Any] | None:
        """The lines of the opening and the closing; returns what the closing sealed."""
        where = self.value["consultation"]
        rows = self.proven(where, self.value["audit"], ("opened", "closed"), "consult_step")
        if rows is None or len(self.headers) != 1 or len(self.closings) != 1:
            return None
        opened, closed = (json.loads(rows[name]["data"]) for name in ("opened", "closed"))
        header, closing = self.headers[0], self.closings[0]
        for name in sorted(set(opened) | set(header["frozen"])):
            if opened.get(name) != header["frozen"].get(name):
                self.wrong("rule", name)
                self.named.add(self.records.index(header))
        expected = {"opened": rows["opened"]["recorded_from"], **closed["paper"]}
        for name, value in expected.items():
            if header[name] != value:
                self.wrong("rule", name)
                self.named.add(self.records.index(header))
        expected = {"at": rows["closed"]["recorded_from"]}
        expected |= {name: closed[name] for name in ("early", "ballots", "present")}
        for name, value in expected.items():
            if closing[name] != value:
                self.wrong("closing", name)
                self.named.add(self.records.index(closing))
        if opened["roll"] != self.roll_digest():
            self.wrong("roll")
        proxies = [[r["member"], r["holder"]] for r in self.records if kind_of(r) == "proxy"]
        if proxies != closed["proxies"]:
            self.wrong("closing", "proxies")
        return dict(closed)

    def proven(
        self, where: str, audit: Any, names: tuple[str, ...], table: str
    ) -> dict[str, dict[str, Any]] | None:
        """The rows that sealed lines wrote, under a signed checkpoint; None when that fails."""
        if audit is None:
            self.wrong("unsealed", where)
            return None
        own = [key for text in audit["keys"] if (key := read_key(str(text)))]
        keys = own if self.key is None else [self.key]
        note = read_note(str(audit["checkpoint"]), keys)
        whole = len(own) == len(audit["keys"]) and (self.key is None or own == [self.key])
        if note is None or not whole or set(audit["lines"]) != set(names):
            self.wrong("note", where)
            return None
        rows, right = {}, True
        for name in names:
            line = audit["lines"][name]
            proof = [step for text in line["proof"] if (step := from_hex(text, 32))]
            leaf, record, row = leaf_hash(canonical(line["record"])), line["record"], line["row"]
            whole = len(proof) == len(line["proof"]) and type(line["index"]) is int
            word = self.say("cast" if name == "ballot" else name)
            if not whole or not included(leaf, line["index"], note.size, proof, note.root):
                self.wrong("line", where, word)
                right = False
            salt = from_hex(line["salt"], 16) or b""
            wrote = hashlib.sha256(salt + canonical(row)).hexdigest()
            if [table, int(row["id"]), "added", wrote] not in record["rows"]:
                self.wrong("row", where, word)
                right = False
            if row["table"] != table or (name != "ballot" and row["kind"] != name):
                self.wrong("row", where, word)
                right = False
            rows[name] = row
        return rows if right else None

    def check_leaves(self) -> None:
        """Each record gives the hash that stands in its place."""
        hashes = [leaf.hex() for leaf in self.leaves]
        if hashes == self.said:
            return
        if len(hashes) == len(self.said) and sorted(hashes) != sorted(self.said):
            said_fit = root_of([from_hex(one, 32) or b"" for one in self.said]) == self.root
            for index, (own, said) in enumerate(zip(hashes, self.said, strict=True)):
                if own != said:
                    self.named.add(index)
                    code = "altered" if said_fit or root_of(self.leaves) != self.root else "leaf"
                    self.wrong(code, self.name(index))
            return
        here, there = set(hashes), set(self.said)
        for index, one in enumerate(hashes):
            if one not in there:
                self.named.add(index)
                self.wrong("added", self.name(index))
        for index, one in enumerate(self.said):
            if one not in here:
                self.named.add(index)
                self.wrong("missing", self.say("record", index + 1))
        if here == there and len(hashes) == len(self.said):
            for index, one in enumerate(hashes):
                if one != self.said[index]:
                    self.named.add(index)
                    self.wrong("swapped", self.name(index))
        elif here == there:
            self.wrong("root")

    def check_shapes(self) -> None:
        """Each record has the fields of its kind, and the kinds stand in order."""
        order = list(SHAPES)
        last = 0
        for index, record in enumerate(self.records):
            kind = kind_of(record)
            if kind is None or order.index(kind) < last:
                self.named.add(index)
                self.wrong("altered" if kind is None else "swapped", self.name(index))
            last = last if kind is None else order.index(kind)

    def check_ballots(self, sealed: Mapping[str, Any] | None) -> None:
        """Each ballot is of a member, with its votes, on the paper, in order and without a gap."""
        questions = self.headers[0]["questions"] if len(self.headers) == 1 else []
        paper = {question["key"]: codes_of(question) for question in questions}
        numbers: dict[str, list[int]] = {}
        before = ""
        for index, ballot in enumerate(self.records):
            if kind_of(ballot) != "ballot":
                continue
            line, name = self.roll.get(ballot["member"]), self.name(index)
            if line is None:
                self.wrong("no_member", name)
                self.named.add(index)
            elif line["votes"] != ballot["votes"]:
                self.wrong("weight", name, ballot["votes"], line["votes"])
            for key, answer in ballot["answers"].items():
                chosen = answer if isinstance(answer, (dict, list)) else [answer]
                if key not in paper or any(choice not in paper[key] for choice in chosen):
                    self.wrong("choice", name)
            if ballot["at"] < before:
                self.wrong("swapped", name)
                self.named.add(index)
            before = ballot["at"]
            numbers.setdefault(ballot["member"], []).append(ballot["number"])
        for member, found in sorted(numbers.items()):
            for number in sorted({n for n in found if found.count(n) > 1}):
                self.wrong("twice", number, member)
            for number in sorted(set(range(1, max(found))) - set(found)):
                self.wrong("number", member, number)
        if sealed is not None and sealed["ballots"] != len(self.ballots):
            self.wrong("ballots", sealed["ballots"], len(self.ballots))

    def check_roll(self) -> None:
        """The votes follow from the inhabitants by the frozen key."""
        key = self.headers[0]["frozen"].get("key") if len(self.headers) == 1 else None
        if not isinstance(key, dict):
            return
        for member, line in sorted(self.roll.items()):
            votes = votes_by(key, line["inhabitants"])
            if votes is not None and votes != line["votes"]:
                given = (line["inhabitants"], votes, line["votes"])
                self.wrong("key_votes", self.say("roll_line", member), *given)

    def roll_digest(self) -> str:
        """SHA-256 over member, votes and inhabitants, as the opening sealed it."""
        lines = [[r["member"], r["votes"], r["inhabitants"]] for r in self.roll.values()]
        return hashlib.sha256(canonical(sorted(lines, key=lambda line: line[0]))).hexdigest()

    def find_altered(self) -> bool:
        """Whether one other value in one record gives the sealed root: then that was altered."""
        levels = Levels(self.leaves)
        for index, record in enumerate(self.records):
            for name, was, other in self.others(record):
                changed = record | other
                if levels.with_leaf(index, leaf_hash(canonical(changed))) == self.root:
                    where = f"{self.name(index)}, {name}"
                    self.wrong("altered_from", where, shown(record[name]), shown(was))
                    self.named.add(index)
                    return True
        return False

    def others(self, record: dict[str, Any]) -> Iterator[tuple[str, Any, dict[str, Any]]]:
        """Small alterations that can be undone by trying: choices, votes, capacities, numbers."""
        kind = kind_of(record)
        if kind == "ballot" and len(self.headers) == 1:
            for question in self.headers[0]["questions"]:
                for option in question["options"]:
                    answers = record["answers"] | {question["key"]: option["code"]}
                    yield "answers", answers, {"answers": answers}
            for capacity in ("voter", "substitute", "secretary", "proxy", "desk"):
                yield "capacity", capacity, {"capacity": capacity}
            for number in range(1, 10):
                yield "number", number, {"number": number}
            for member in sorted(self.roll):
                votes = self.roll[member]["votes"]
                yield "member", member, {"member": member, "votes": votes}
        if kind in ("ballot", "roll"):
            for votes in range(1, 100):
                yield "votes", votes, {"votes": votes}
        if kind == "ballot":
            yield "reason", "", {"reason": ""}

    def find_added(self) -> bool:
        """Whether one ballot less gives the sealed root: then that one was added."""
        closing = len(self.records) - 1
        if kind_of(self.records[-1]) != "closing":
            return False
        fewer = self.records[-1] | {"ballots": len(self.ballots) - 1}
        for last in (self.leaves[-1], leaf_hash(canonical(fewer))):
            whole = [*self.leaves[:-1], last]
            for index in range(closing):
                if root_of(whole[:index] + whole[index + 1 :]) == self.root:
                    self.wrong("added", self.name(index))
                    self.named.add(index)
                    return True
        return False

    def find_swapped(self) -> bool:
        """Whether two neighbours in the other order give the sealed root."""
        for index in range(len(self.leaves) - 1):
            one, other = self.leaves[index : index + 2]
            if root_of([*self.leaves[:index], other, one, *self.leaves[index + 2 :]]) == self.root:
                self.wrong("swapped", self.name(index))
                self.named.add(index)
                return True
        return False

    def standing(self) -> list[dict[str, Any]]:
        """The ballot that counts for each member."""
        found: dict[str, dict[str, Any]] = {}
        for ballot in self.ballots:
            member = ballot["member"]
            if (
                member in self.roll
                and ballot["number"] > found.get(member, {"number": 0})["number"]
            ):
                found[member] = ballot
        return list(found.values())

    def check_counts(self) -> None:
        """Add everything anew."""
        if len(self.headers) != 1:
            return
        for question in self.headers[0]["questions"]:
            said = self.value["counts"].get(question["key"], {})
            added = self.count(question["key"], codes_of(question))
            for choice, (members, votes) in added.items():
                claimed = said.get(choice, {})
                given = (claimed.get("members"), claimed.get("votes"))
                if given != (members, votes):
                    self.wrong("count", question["key"], choice, *given, members, votes)
            if set(said) - set(added):
                self.wrong("form", self.value["consultation"])
        if set(self.value["counts"]) != {q["key"] for q in self.headers[0]["questions"]}:
            self.wrong("form", self.value["consultation"])

    def count(self, key: str, choices: list[str]) -> dict[str, tuple[int, int]]:
        """For each choice how many members (of one choice) and how many votes."""
        added = dict.fromkeys(choices, (0, 0))
        for ballot in self.standing():
            answer = ballot["answers"].get(key)
            weight = self.roll[ballot["member"]]["votes"]
            names = answer if isinstance(answer, list) else [answer]
            names = names if self.by_approval else names[:1]
            parts = answer if isinstance(answer, dict) else dict.fromkeys(names, weight)
            for choice, votes in parts.items():
                if choice in added:
                    members, sum_of = added[choice]
                    whole = int(not isinstance(answer, dict))
                    added[choice] = (members + whole, sum_of + votes)
        return added

    def results(self) -> Iterator[str]:
        """What the count gives, question by question, and what the frozen rule makes of it."""
        for question in self.headers[0]["questions"]:
            yield self.say("question", question["key"], question["text"])
            labels = dict.fromkeys(codes_of(question), "")
            labels |= {option["code"]: option.get("label") for option in question["options"]}
            for choice, (members, votes) in self.count(question["key"], list(labels)).items():
                known = self.say(choice) if choice in CHOICES else choice
                yield self.say("amount", labels[choice] or known, members, votes)
            if question["form"] == "yes_no" and not question["withdrawn"]:
                yield from self.decision(question["key"])

    def decision(self, key: str) -> Iterator[str]:
        """Every quorum and majority of the rule, and the outcome. Source: docs voting.md."""
        rule = self.headers[0]["frozen"]["rule"]
        if self.headers[0]["call"] > 1 and rule.get("second_call"):
            rule = rule["second_call"]
        sums = self.sums(key, rule)
        quorums = [self.bound(bound, sums, "all", "present") for bound in rule.get("quorums", ())]
        majorities = [self.bound(bound, sums, "valid", "for") for bound in rule["majorities"]]
        for text, have, need, reached, _ in quorums + majorities:
            word = self.say("reached" if reached else "missed")
            yield self.say("bound", text, mixed(have), mixed(need), word)
        if not all(one[3] for one in quorums):
            outcome = "no_quorum"
        elif all(one[3] for one in majorities):
            outcome = "adopted"
        elif all(one[3] or one[4] for one in majorities):
            outcome = TIES.get(rule.get("tie", ""), "rejected")
        else:
            outcome = "rejected"
        yield self.say("outcome", self.say(outcome))

    def sums(self, key: str, rule: dict[str, Any]) -> dict[str, dict[str, Fraction]]:
        """For each unit what is for, against, valid, cast, present and all."""
        closing, found = self.closings[0], {}
        cast = {ballot["member"]: ballot["answers"].get(key) for ballot in self.standing()}
        there = set(cast) if closing["present"] is None else {*closing["present"], *cast}
        for unit in UNITS:
            weigh = {
                m: Fraction(1 if unit == "members" else line[unit] or 0)
                for m, line in self.roll.items()
            }
            got = dict.fromkeys(("for", "against", *SILENT), Fraction(0))
            for member, answer in cast.items():
                votes = self.roll[member]["votes"] or 1
                parts = answer if isinstance(answer, dict) else {answer: votes}
                for choice, part in parts.items():
                    if choice in got:
                        got[choice] += weigh[member] * Fraction(part, votes)
            whole = sum(weigh.values(), Fraction(0))
            absent = whole - sum(got.values()) if rule.get("absence") == "against" else Fraction(0)
            treated = {name: rule.get(field, "nothing") for name, field in TREATMENTS.items()}
            against = sum(
                (got[name] for name in SILENT if treated[name] == "against"), got["against"]
            )
            extra = sum((got[name] for name in SILENT if treated[name] == "cast"), Fraction(0))
            valid = got["for"] + against
            found[unit] = {
                "for": got["for"],
                "against": against + absent,
                "valid": valid + absent,
                "cast": valid + extra + absent,
                "took valid": valid,
                "took cast": valid + extra,
                "present": sum((weigh[m] for m in there if m in weigh), Fraction(0)),
                "all": whole,
            }
        return found

    def bound(
        self, stored: Any, sums: dict[str, dict[str, Fraction]], base: str, counts: str
    ) -> tuple[str, Fraction, Fraction, bool, bool]:
        """One quorum or majority: its text, what there is, what is needed, reached, and a tie."""
        text = stored["bound"] if isinstance(stored, dict) else stored
        found = BOUND.fullmatch(text.strip())
        if found is None:
            raise ValueError(text)
        unit, said, sign, above, below, of = found.groups()
        amounts = sums[unit]
        what = (said or counts) if counts == "present" else counts
        have = amounts[f"took {what}" if what in ("cast", "valid") else what]
        number = counts == "present" and of is None and below is None
        need = Fraction(int(above), int(below or 1)) * (1 if number else amounts[of or base])
        reached = have > 0 and (have > need if sign == ">" else have >= need)
        return text, have, need, reached, have > 0 and have == amounts["against"] == need

    def check_receipt(self, path: Path) -> None:
        """Whether the ballot of a receipt stands in the roll-call as it was cast."""
        value = read_json(path)
        record = value.get("record") if isinstance(value, dict) else None
        if not isinstance(record, dict) or kind_of(record) != "ballot":
            self.wrong("receipt_form", path)
            return
        if set(value) != RECEIPT_PARTS:
            self.wrong("receipt_form", path)
            return
        leaf = leaf_hash(canonical(record))
        if leaf.hex() != value["leaf"] or value["consultation"] != record["consultation"]:
            self.wrong("receipt", path)
            return
        if record["consultation"] != self.value["consultation"]:
            self.wrong("other_vote", path, record["consultation"])
            return
        member, number = record["member"], record["number"]
        if value["audit"] is not None:
            rows = self.proven(str(path), value["audit"], ("ballot",), "consult_ballot")
            if rows is not None and rows["ballot"]["leaf"] != leaf.hex():
                self.wrong("receipt", path)
        vote = value["vote"]
        if vote is not None:
            proof = [from_hex(step, 32) or b"" for step in vote["proof"]]
            if not included(leaf, vote["index"], vote["size"], proof, self.root):
                self.wrong("receipt_place", path)
        if leaf not in self.leaves:
            same = [b for b in self.ballots if (b["member"], b["number"]) == (member, number)]
            self.wrong("other_ballot" if same else "dropped", path, number, member)
            return
        latest = max(b["number"] for b in self.ballots if b["member"] == member)
        later = self.say("replaced", latest) if latest > number else ""
        self.said_to.append(self.say("holds", path, number, member, later))


CHOICES = ("none", "for", "against", "abstain", "proposal", "amended", "neither")
TIES = {"casting_vote": "tied", "lot": "tied", "held_over": "held_over"}
TREATMENTS = {"abstain": "abstention", "blank": "blank", "invalid": "invalid"}
RECEIPT_PARTS = {"format", "consultation", "leaf", "record", "audit", "vote"}


def codes_of(question: dict[str, Any]) -> list[str]:
    """The choices on the paper; in an election also “none of these”."""
    codes = [option["code"] for option in question["options"]]
    return [*codes, "none"] if question["form"] == "persons" else codes


def votes_by(key: dict[str, Any], inhabitants: int | None) -> int | None:
    """The votes that a voting key gives; none when the figure is not known."""
    per = key["per"]
    if per is None:
        return int(key["minimum"])
    if inhabitants is None:
        return None
    lift = {"down": 0, "nearest": per, "up": 2 * (per - 1)}[key["rounding"]]
    counted = (2 * inhabitants + lift) // (2 * per)
    capped = counted if key["cap"] is None else min(key["cap"], counted)
    return int(max(key["minimum"], capped))


def shown(value: object) -> str:
    """A value in a sentence: text as it is, anything else as it stands in the file."""
    return value if isinstance(value, str) else canonical(value).decode()


def mixed(amount: Fraction) -> str:
    """A number as one writes it: 6410 1/2."""
    whole, rest = divmod(amount.numerator, amount.denominator)
    return f"{whole} {rest}/{amount.denominator}" if rest else str(whole)


def read_json(path: Path) -> Any:
    """The value in a file, or None when it is not JSON."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None


def looks_right(value: object) -> bool:
    """Whether a file has the parts of a roll-call."""
    if not isinstance(value, dict) or set(value) != {*PARTS, "leaves", "records"}:
        return False
    lists = all(isinstance(value[name], list) and value[name] for name in ("leaves", "records"))
    texts = all(isinstance(value[name], str) for name in ("format", "consultation", "root"))
    return lists and texts and value["format"] == "verband-roll-call-1"


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, verify, print the problems or the count."""
    parser = argparse.ArgumentParser(
        prog="verify_vote.py", description="Count and verify a published vote."
    )
    parser.add_argument("file", type=Path)
    parser.add_argument("receipts", nargs="*", type=Path)
    parser.add_argument("--key")
    parser.add_argument("--language", choices=["en", "nl"], default="en")
    given = parser.parse_args(arguments)
    language = ["en", "nl"].index(given.language)
    key = read_key(given.key) if given.key else None
    if given.key and key is None:
        parser.error("--key")
    value = read_json(given.file)
    if not looks_right(value):
        print(f"{SENTENCES['form'][language] % given.file}.")
        return 2
    vote = Vote(value, key, language)
    try:
        if laid_out(value) != given.file.read_bytes():
            vote.wrong("layout")
        vote.verify()
        for path in given.receipts:
            vote.check_receipt(path)
        lines = [] if vote.problems else list(vote.results())
    except (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError):
        vote.wrong("form", given.file)  # a field of another kind than anything that is published
        lines = []
    return report(vote, lines)


def report(vote: Vote, lines: list[str]) -> int:
    """Print the outcome; returns the exit code."""
    for sentence in vote.said_to:
        print(f"{sentence}.")
    if vote.problems:
        for sentence in vote.problems:
            print(f"{sentence[:1].upper()}{sentence[1:]}.")
        return 1
    print(vote.say("right", len(vote.roll), len(vote.ballots), vote.root.hex()))
    for line in lines:
        print(line)
    if vote.key is None:
        print(vote.say("believed"))
        for text in vote.value["audit"]["keys"]:
            print(f"  {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The script that counts and verifies a published vote without us: it finds every alteration."""

import doctest
import json
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import verband
from consultations.published import Published, verified, written
from verband.consultations.offline import script, verify_vote
from verband.consultations.offline.verify_vote import SENTENCES, laid_out
from verband.core.merkle import leaf_hash
from verband.core.voting.decide import decide
from verband.core.voting.keys import VotingKey
from verband.core.voting.roll import Ballot as CoreBallot
from verband.core.voting.roll import Elector, Roll
from verband.core.voting.rules import Rule
from verband.kernel.journal import canonical

pytestmark = pytest.mark.django_db
Value = dict[str, Any]
FIRST = 7  # the index of the first ballot: a header and six members go before


def hashes(value: Value) -> list[str]:
    return [leaf_hash(canonical(record)).hex() for record in value["records"]]


def covered(value: Value) -> bytes:
    """The file as somebody would give it who covers the tracks: hashes and count made to fit."""
    value["leaves"] = hashes(value)
    return laid_out(value)


def said_of(
    published: Published, tmp_path: Path, capsys: Any, tamper: Callable[[Value], Any], *more: bytes
) -> tuple[str, str]:
    """What is said after a clumsy tampering, and after one with the hashes made to fit."""
    clumsy, careful = published.value, published.value
    tamper(clumsy)
    tamper(careful)
    first = verified(capsys, tmp_path, [laid_out(clumsy), *more])
    second = verified(capsys, tmp_path, [covered(careful), *more])
    assert (first[0], second[0]) == (1, 1)
    return first[1], second[1]


def test_the_script_that_people_take_away_needs_nothing_else(
    published: Published, tmp_path: Path
) -> None:
    path = tmp_path / "verify_vote.py"
    path.write_text(script(), encoding="utf-8")
    files = written(tmp_path, published.file, *published.receipts)

    run = subprocess.run(
        [sys.executable, "-I", path, *files, "--language", "nl"],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONIOENCODING": "utf-8"},
    )

    assert run.stderr == ""
    assert "Alles klopt. Leden in het stemregister: 6. Stemmen: 5." in run.stdout
    assert run.returncode == 0
    lines = [
        line.split()[1] for line in script().splitlines() if line.startswith(("import ", "from "))
    ]
    assert {name.split(".")[0] for name in lines} <= set(sys.stdlib_module_names)


def test_the_tree_and_the_signatures_stand_in_the_repository_once() -> None:
    own = Path(verify_vote.__file__).read_text(encoding="utf-8")

    assert "def signature_holds" not in own
    assert script().count("def signature_holds") == 1


def test_any_one_changed_byte_is_found(published: Published, tmp_path: Path, capsys: Any) -> None:
    """Two hundred random bytes of the file, and of a receipt."""
    chance = random.Random(1917)
    for _ in range(200):
        spoiled = [bytearray(published.file), bytearray(published.receipts[1])]
        which = chance.choice([0, 0, 0, 1])
        data = spoiled[which]
        place = chance.randrange(len(data))
        data[place] = chance.choice([b for b in range(256) if b != data[place]])

        code, said = verified(capsys, tmp_path, [bytes(one) for one in spoiled])

        assert code != 0, (which, place, said)


def test_one_altered_answer_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        value["records"][FIRST + 1]["answers"]["1"] = "for"

    clumsy, careful = said_of(published, tmp_path, capsys, tamper)

    assert "Ballot 2 of gm0363 was altered." in clumsy
    assert (
        'Ballot 2 of gm0363, answers was altered: “{"1":"for"}” must be “{"1":"against"}”.'
        in careful
    )
    assert "question 1, for: the file says members: 1, votes: 20" in careful.lower()


def test_an_altered_answer_is_named_also_when_the_addition_was_made_to_fit(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    def tamper(value: Value) -> None:
        value["records"][FIRST + 1]["answers"]["1"] = "for"
        value["counts"]["1"]["for"] = {"members": 2, "votes": 95}
        value["counts"]["1"]["against"] = {"members": 1, "votes": 50}

    clumsy, careful = said_of(published, tmp_path, capsys, tamper)

    assert clumsy == "Ballot 2 of gm0363 was altered.\n"
    assert careful.startswith("Ballot 2 of gm0363, answers was altered")
    assert careful.count("\n") == 1


def test_a_dropped_ballot_is_missed(published: Published, tmp_path: Path, capsys: Any) -> None:
    clumsy, careful = said_of(
        published, tmp_path, capsys, lambda value: value["records"].pop(FIRST + 3)
    )

    assert "A record is missing: record 11." in clumsy
    assert "Number of ballots at the closing: 5; in the file: 4." in careful


def test_a_dropped_earlier_ballot_is_named(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    _, careful = said_of(published, tmp_path, capsys, lambda value: value["records"].pop(FIRST))

    assert "Of gm0363 ballot 1 is missing, and a later one is there." in careful


def test_the_receipt_of_a_dropped_ballot_names_it(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    def drop(value: Value) -> None:
        del value["records"][FIRST + 3]

    for said in said_of(published, tmp_path, capsys, drop, *published.receipts):
        assert "ballot 1 of gm0014 is not in the roll-call; it was left out." in said
        assert said.count("it was left out") == 1


def test_an_added_ballot_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        forged = value["records"][FIRST + 3] | {"member": "gm0010", "votes": 4, "nonce": "0" * 32}
        value["records"].insert(FIRST + 4, forged)

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "Ballot 1 of gm0010 was added." in said
        assert "Number of ballots at the closing: 5; in the file: 6." in said


def test_a_ballot_of_no_member_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        forged = value["records"][FIRST + 3] | {"member": "gm9999"}
        value["records"].insert(FIRST + 4, forged)

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "Ballot 1 of gm9999 is of a member that does not stand on the roll." in said


def test_two_swapped_ballots_are_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        records = value["records"]
        records[FIRST + 2], records[FIRST + 3] = records[FIRST + 3], records[FIRST + 2]

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "Ballot 1 of gm0344 does not stand in its place." in said


def test_answers_swapped_between_two_members_are_found(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    def tamper(value: Value) -> None:
        one, other = value["records"][FIRST + 2], value["records"][FIRST + 3]
        one["answers"], other["answers"] = other["answers"], one["answers"]

    clumsy, careful = said_of(published, tmp_path, capsys, tamper)

    assert "Ballot 1 of gm0344 was altered." in clumsy
    assert "Ballot 1 of gm0014 was altered." in clumsy
    assert "The records do not give the root that was sealed at the closing." in careful


def test_an_altered_roll_line_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        line = next(one for one in value["records"] if one.get("member") == "gm0344")
        line["votes"] = 49

    clumsy, careful = said_of(published, tmp_path, capsys, tamper)

    assert "The roll line of gm0344 was altered." in clumsy
    assert (
        "The roll line of gm0344: with 50000 inhabitants the voting key gives the weight 50, not 49"
        in careful
    )
    for said in (clumsy, careful):
        assert "The roll is not the one that was sealed at the opening." in said
        assert "Ballot 1 of gm0344 has the weight 50, on the roll 49." in said


def test_a_member_struck_off_the_roll_is_missed(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    for said in said_of(published, tmp_path, capsys, lambda value: value["records"].pop(1)):
        assert "The roll is not the one that was sealed at the opening." in said


def test_an_altered_rule_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        bound = value["records"][0]["frozen"]["rule"]["majorities"][0]
        bound["bound"] = "votes > 1/10 of valid"

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "The rule or the text was altered: rule is not as it was sealed." in said


def test_an_altered_question_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    def tamper(value: Value) -> None:
        value["records"][0]["questions"][0]["text"] = "Stemt u niet in?"

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "The rule or the text was altered: questions is not as it was sealed." in said


def test_an_altered_closing_time_is_named(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    def tamper(value: Value) -> None:
        value["records"][-1]["at"] = "2017-11-30T12:00:00+00:00"

    for said in said_of(published, tmp_path, capsys, tamper):
        assert "The closing was altered: at is not as it was sealed." in said


def test_a_wrong_addition_is_named(published: Published, tmp_path: Path, capsys: Any) -> None:
    value = published.value
    value["counts"]["1"]["for"]["votes"] = 120

    code, said = verified(capsys, tmp_path, [laid_out(value)])

    assert code == 1
    assert said == (
        "Question 1, for: the file says members: 1, votes: 120; the ballots give 1 and 20.\n"
    )


def test_a_file_signed_by_somebody_else_is_refused(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    [file] = written(tmp_path, published.file)
    other = "verband.example/audit+" + published.value["audit"]["keys"][0].split("+")[1] + "+AAAA"

    with pytest.raises(SystemExit):
        verify_vote.main([file, "--key", other])
    own = published.value["audit"]["keys"][0]
    assert verify_vote.main([file, "--key", own]) == 0
    assert "believed" not in capsys.readouterr().out


def test_a_receipt_that_was_altered_is_named(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    receipt = json.loads(published.receipts[2])
    receipt["record"]["answers"]["1"] = "for"

    code, said = verified(capsys, tmp_path, [published.file, canonical(receipt)])

    assert code == 1
    assert "the receipt was altered: its code does not belong to its ballot." in said


def test_a_receipt_against_an_altered_ballot_names_the_ballot(
    published: Published, tmp_path: Path, capsys: Any
) -> None:
    def tamper(value: Value) -> None:
        value["records"][FIRST + 2]["reason"] = "Iets anders"

    for said in said_of(published, tmp_path, capsys, tamper, *published.receipts):
        assert "the roll-call holds another ballot 1 of gm0344 than this receipt" in said


def test_what_is_no_roll_call_is_refused(tmp_path: Path, capsys: Any) -> None:
    for content in (b"", b"[]", b"{}", b"\xff", b"[" * 5000):
        code, said = verified(capsys, tmp_path, [content])

        assert (code, said.count("\n")) == (2, 1)


def test_the_worked_example_runs() -> None:
    page = Path(verband.__file__).parents[2] / "docs" / "algorithms" / "votes-verified.md"

    found = doctest.testfile(str(page), module_relative=False, encoding="utf-8")

    assert (found.failed, found.attempted > 8) == (0, True)


def test_the_command_hands_over_to_the_script(published: Published, tmp_path: Path) -> None:
    [file] = written(tmp_path, published.file)
    call = f"from verband.site.launch import module; module.run('verify-vote', [{file!r}])"

    run = subprocess.run(
        [sys.executable, "-c", call],
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(Path(verband.__file__).parents[1])},
    )

    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith("Everything is right")


def test_every_sentence_is_there_in_both_languages() -> None:
    for english, dutch in SENTENCES.values():
        assert english and dutch
        assert english.count("%s") == dutch.count("%s")


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(data=st.data())
def test_no_alteration_of_any_value_goes_unseen(
    published: Published, tmp_path: Path, capsys: Any, data: st.DataObject
) -> None:
    """Any record, any field, another value of its kind; hashes made to fit or left as they are."""
    value = published.value
    record = data.draw(st.sampled_from(value["records"]))
    name = data.draw(st.sampled_from(sorted(record)))
    kinds = st.one_of(st.text(max_size=3), st.integers(), st.none(), st.booleans())
    record[name] = data.draw(kinds.filter(lambda new: new != record[name]))
    careful = data.draw(st.booleans())

    code, said = verified(capsys, tmp_path, [covered(value) if careful else laid_out(value)])

    assert code == 1
    assert said


@given(
    st.sampled_from(["down", "nearest", "up"]),
    st.one_of(st.none(), st.integers(1, 5000)),
    st.integers(0, 2_000_000),
)
def test_votes_by_the_key_are_those_of_the_core(
    rounding: Any, per: int | None, inhabitants: int
) -> None:
    key = VotingKey(per=per, rounding=rounding, minimum=1, cap=75)

    stored = {"per": per, "rounding": rounding, "minimum": 1, "cap": 75}
    assert verify_vote.votes_by(stored, inhabitants) == key.votes(inhabitants)


BOUNDS = [
    "votes > 1/2 of valid",
    "votes >= 2/3 of cast",
    "members > 1/2 of all",
    "members >= 1/2 of present",
    "inhabitants >= 55/100 of valid",
]
QUORUMS = ["votes cast >= 1/2 of all", "members present > 1/3 of all", "members valid >= 2"]
TREATMENTS = st.sampled_from(["nothing", "cast", "against"])
RULES = st.fixed_dictionaries(
    {
        "name": st.just("rule"),
        "majorities": st.lists(st.sampled_from(BOUNDS), min_size=1, max_size=3, unique=True),
        "quorums": st.lists(st.sampled_from(QUORUMS), max_size=2, unique=True),
        "abstention": TREATMENTS,
        "absence": st.sampled_from(["nothing", "against"]),
        "tie": st.sampled_from(["rejected", "casting_vote", "lot", "held_over"]),
    }
)
WORDS = {
    "adopted": "adopted",
    "rejected": "rejected",
    "tied": "a tie",
    "no_quorum": "nothing decided, no quorum",
    "held_over": "held over, a tie",
}


@settings(max_examples=300, deadline=None)
@given(
    RULES,
    st.lists(
        st.tuples(
            st.integers(1, 9),
            st.integers(0, 9),
            st.sampled_from(["for", "against", "abstain", None]),
            st.booleans(),
        ),
        min_size=1,
        max_size=7,
    ),
    st.booleans(),
)
def test_the_script_decides_as_the_core_does(
    rule: Value, members: list[tuple[int, int, str | None, bool]], meeting: bool
) -> None:
    named = {f"m{place}": one for place, one in enumerate(members)}
    here = {m for m, (_v, _n, choice, there) in named.items() if there or choice}
    roll = Roll(
        [Elector(m, v, n) for m, (v, n, _c, _t) in named.items()], here if meeting else None
    )
    ballots = [CoreBallot(m, choice) for m, (_v, _n, choice, _t) in named.items() if choice]

    said = list(offline_vote(rule, named, sorted(here) if meeting else None).decision("1"))[-1]

    decided = decide(Rule.from_mapping(rule), roll, ballots).verdict
    assert said == f"  By this rule: {WORDS[decided]}"


def offline_vote(rule: Value, named: Value, present: list[str] | None) -> verify_vote.Vote:
    """A vote with these members and answers, as the script reads it."""
    header = {
        **dict.fromkeys(("consultation", "kind", "opened", "title"), ""),
        "record": "header",
        "closes": None,
        "call": 1,
        "questions": [],
        "frozen": {"rule": rule},
    }
    lines = [
        {
            **dict.fromkeys(("name", "figure_source"), ""),
            "record": "roll",
            "member": member,
            "votes": votes,
            "inhabitants": inhabitants,
            "figure_day": None,
            "segments": {},
        }
        for member, (votes, inhabitants, _choice, _there) in named.items()
    ]
    ballots = [
        {
            **dict.fromkeys(("consultation", "reason", "capacity", "at", "nonce"), ""),
            "member": member,
            "votes": votes,
            "number": 1,
            "answers": {"1": choice},
            "by": None,
        }
        for member, (votes, _inhabitants, choice, _there) in named.items()
        if choice
    ]
    closing = {"record": "closing", "at": "", "early": False, "ballots": 0, "present": present}
    value = {"records": [header, *lines, *ballots, closing], "leaves": [], "root": ""}
    return verify_vote.Vote(value, None, 0)

"""The consultation of June 2020 replayed in kind: 355 members, six proposals, one of three ways.

Known of the real one: 243 of 355 municipalities voted, on one proposal 62 % was for the text of the
board, 34 % for the text as amended and 4 % for neither, and the assembly of 25 September 2020
ratified the result with 98.54 % of the votes (vng.nl: announcement of the results of the member
consultation; results of the votes of the assembly of 25 September 2020). Who voted what is
synthetic here, by the rules below, so that the shares come near those. The members are those of
2020, with the inhabitants of 1 January 2019 (CBS): a vote for each full thousand, 1 to 75.

Every number in ``BY_HAND`` was reckoned outside this software, from the file of CBS alone, with
whole numbers only. ``recount`` does that sum once more, without a line of our code.
"""

import csv
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from consultations.council import rule_for
from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Body
from verband.consultations.kinds import Binding, ConsultationKind, QuestionForm, StepKind
from verband.consultations.models import Consultation, RollLine
from verband.consultations.queries.count import Count, count_of
from verband.consultations.queries.finality import finality_of
from verband.consultations.queries.standing import standing_of
from verband.consultations.use_cases.casting import cast_ballot
from verband.consultations.use_cases.opening import close_vote, open_vote, publish_result
from verband.consultations.use_cases.preparing import prepare_consultation
from verband.kernel.journal import open_journal
from verband.kernel.permissions import CLOCK
from verband.kernel.two_times import add_things, record_all
from verband.members.models import (
    Function,
    Membership,
    Office,
    OfficeFact,
    Organisation,
    OrganisationFact,
    OrganisationKind,
    PopulationFigure,
)
from verband.members.use_cases import set_voting_key
from verband.people.models import Account, Person
from verband.reference.files import DATA
from world import BEGIN, RECORDED, found

OPENS = datetime(2020, 6, 4, 7, tzinfo=UTC)
CLOSES = datetime(2020, 6, 19, 10, tzinfo=UTC)
PUBLISHED = datetime(2020, 6, 22, 10, tzinfo=UTC)
ASSEMBLY = datetime(2020, 9, 25, 11, tzinfo=UTC)
AFTER = datetime(2020, 9, 25, 13, tzinfo=UTC)
JUNE, SEPTEMBER = 243, 290  # how many members vote

MORE_THAN_HALF = {
    "name": "gewone meerderheid",
    "majorities": [{"bound": "votes > 1/2 of valid", "article": "statuten"}],
}
Choose = Callable[[int], str]


def three_ways(place: int) -> str:
    """Of every fifty voters, the largest first: two neither, seventeen the amended text."""
    place %= 50
    if place in (12, 37):
        return "neither"
    return "amended" if place % 3 == 1 or place == 0 else "proposal"


def yes_or_no(proposal: int) -> Choose:
    """Of forty voters one abstains; of the others one in 5, 8, 11, 14 or 17 is against."""

    def choose(place: int) -> str:
        if place % 40 == proposal:
            return "abstain"
        return "against" if place % (3 * proposal + 2) == proposal else "for"

    return choose


def ratify(place: int) -> str:
    """One in eighty-four is against."""
    return "against" if place % 84 == 15 else "for"


RULES: dict[str, Choose] = {str(number): yes_or_no(number) for number in range(1, 6)}
RULES["6"] = three_ways

# On each line: votes, members. Percentages have the turnout or the votes that took a side below.
BY_HAND = {
    "roll": (12_866, 355),
    "june": (8_765, 243),  # 8765 / 12866 = 68.13 %; 243 / 355 = 68.45 %
    "september": (10_476, 290),  # 10476 / 12866 = 81.42 %; 290 / 355 = 81.69 %
    "1": {"for": (6_995, 194), "against": (1_518, 42), "abstain": (252, 7)},
    "2": {"for": (7_652, 212), "against": (864, 24), "abstain": (249, 7)},
    "3": {"for": (7_787, 216), "against": (733, 21), "abstain": (245, 6)},
    "4": {"for": (7_959, 220), "against": (564, 17), "abstain": (242, 6)},
    "5": {"for": (8_074, 224), "against": (450, 13), "abstain": (241, 6)},
    "6": {"proposal": (5_402, 151), "amended": (3_013, 82), "neither": (350, 10)},
    "ratified": {"for": (10_323, 286), "against": (153, 4)},  # 10323 / 10476 = 98.54 %
}
# 6995 / 8513, 7652 / 8516, 7787 / 8520, 7959 / 8523, 8074 / 8524, in hundredths of a per cent.
SHARES = {"1": 8217, "2": 8985, "3": 9140, "4": 9338, "5": 9472}


class Cbs:
    """The file of CBS, read with the standard library alone; the largest member first."""

    def __init__(self) -> None:
        with (DATA / "municipalities_2019.csv").open(encoding="utf-8", newline="") as file:
            rows = [(r["code"], r["name"], int(r["population"])) for r in csv.DictReader(file)]
        self.rows = sorted(rows, key=lambda row: (-row[2], row[0]))
        self.votes = {code: min(75, max(1, people // 1000)) for code, _name, people in self.rows}

    def voters(self, number: int) -> list[str]:
        """So many of the members, spread evenly over large and small."""
        whole = len(self.rows)
        return [
            row[0]
            for place, row in enumerate(self.rows)
            if (place + 1) * number // whole > place * number // whole
        ]

    def recount(self, number: int, choose: Choose) -> dict[str, tuple[int, int]]:
        """Votes and members of each choice: adding up, one voter after the other."""
        votes: Counter[str] = Counter()
        members: Counter[str] = Counter()
        for place, code in enumerate(self.voters(number)):
            votes[choose(place)] += self.votes[code]
            members[choose(place)] += 1
        return {choice: (votes[choice], members[choice]) for choice in votes}


class Association:
    """The 355 members of 2020, each with a secretary, and a board with its secretary."""

    def __init__(self, cbs: Cbs) -> None:
        self.cbs, self.world = cbs, found()
        self.world.do(
            set_voting_key,
            valid_from=None,
            per=1000,
            rounding="down",
            minimum=1,
            cap=75,
            article="art. 12",
        )
        with transaction.atomic(), open_journal():
            self.members, self.secretaries = _members(cbs)
        self.board: Body = self.world.body("bestuur", BodyKind.BOARD)
        person = self.world.person("bestuurssecretaris", "bestuurssecretaris")
        self.world.tenure(self.world.seat(self.board, SeatRole.SECRETARY), person, BEGIN)
        self.secretary: Account = self.world.account(person)

    def hold(
        self, key: str, kind: str, opens: datetime, closes: datetime, **values: Any
    ) -> Consultation:
        """A vote that opens and waits for its ballots."""
        vote = prepare_consultation(
            actor=self.secretary,
            now=opens,
            body=self.board,
            kind=kind,
            key=key,
            audience={"of": "members"},
            opens_at=opens,
            closes_at=closes,
            **values,
        )
        open_vote(actor=CLOCK, now=opens, consultation=vote)
        return vote

    def cast(self, vote: Consultation, number: int, rules: dict[str, Choose], at: datetime) -> None:
        """So many members vote, each by its secretary."""
        with transaction.atomic(), open_journal():
            for place, code in enumerate(self.cbs.voters(number)):
                cast_ballot.step(
                    actor=self.secretaries[code],
                    now=at,
                    consultation=vote,
                    member=self.members[code],
                    answers={key: choose(place) for key, choose in rules.items()},
                    token=uuid4(),
                )

    def settle(self, vote: Consultation, closes: datetime, published: datetime) -> None:
        """It closes by the clock and is published by the board."""
        close_vote(actor=CLOCK, now=closes, consultation=vote)
        publish_result(actor=self.secretary, now=published, consultation=vote)


def _members(cbs: Cbs) -> tuple[dict[str, Organisation], dict[str, Account]]:
    """All at once: through the use cases it would take a minute, and they are tested elsewhere."""
    rows, now = cbs.rows, RECORDED
    members = add_things(
        [
            Organisation(key=code.lower(), kind=OrganisationKind.MUNICIPALITY, code=code)
            for code, _name, _people in rows
        ],
        now=now,
    )
    both = list(zip(members, rows, strict=True))
    record_all([OrganisationFact(organisation=one, name=row[1]) for one, row in both], now=now)
    record_all([Membership(organisation=one) for one in members], now=now)
    record_all(
        [
            PopulationFigure(
                organisation=one, valid_from=date(2019, 1, 1), inhabitants=row[2], source="CBS"
            )
            for one, row in both
        ],
        now=now,
    )
    people = add_things([Person(key=f"secretaris-{one.key}") for one in members], now=now)
    offices = add_things(
        [
            Office(person=person, organisation=one, function=Function.SECRETARY)
            for person, one in zip(people, members, strict=True)
        ],
        now=now,
    )
    record_all([OfficeFact(office=office, valid_from=BEGIN) for office in offices], now=now)
    accounts = Account.objects.bulk_create(
        [Account(person=person, email=f"{person.key}@verband.example") for person in people]
    )
    codes = [row[0] for row in rows]
    return dict(zip(codes, members, strict=True)), dict(zip(codes, accounts, strict=True))


def hundredths(share: Fraction) -> int:
    """A share in hundredths of a per cent, rounded half up."""
    return (20_000 * share.numerator + share.denominator) // (2 * share.denominator)


def amounts(count: Count, key: str) -> dict[str, tuple[int, int]]:
    """Votes and members of each choice, as our count has them."""
    question = count.by_key[key]
    return {
        choice: (int(question.amount(choice)), int(question.amount(choice, "members")))
        for choice in question.asked.choices
        if question.amount(choice, "members")
    }


@pytest.mark.django_db
class TestJune2020:
    """The whole of it: the consultation in June, and the assembly in September."""

    def test_each_line_of_the_result_is_what_was_reckoned_by_hand(self) -> None:
        cbs = Cbs()
        association = Association(cbs)
        june = consult(association)

        count = count_of(standing_of(june))

        # Turnout, in members and in votes.
        assert (count.on_roll("votes"), count.on_roll("members")) == BY_HAND["roll"]
        assert (count.took_part("votes"), count.took_part("members")) == BY_HAND["june"]
        assert hundredths(count.turnout("members")) == 6845
        assert hundredths(count.turnout("votes")) == 6813
        assert RollLine.objects.filter(consultation=june).count() == 355
        # The five proposals for or against: amounts, shares, outcome.
        for key, share in SHARES.items():
            assert amounts(count, key) == BY_HAND[key] == cbs.recount(JUNE, RULES[key])
            found = count.by_key[key]
            assert hundredths(found.share("for") or Fraction(0)) == share
            assert found.verdict == "adopted"
        # The one of three ways: 62, 34 and 4 per cent of 8765 votes; more than half is 4383.
        assert amounts(count, "6") == BY_HAND["6"] == cbs.recount(JUNE, three_ways)
        three = count.by_key["6"]
        shares = [hundredths(three.share(choice) or Fraction(0)) for choice in three.sides]
        assert shares == [6163, 3438, 399]
        assert [round(share / 100) for share in shares] == [62, 34, 4]
        assert (three.verdict, three.outcome.option) == ("adopted", "proposal")
        needed = {
            line.values["option"]: (line.values["needed"], line.reached)
            for line in three.outcome.lines
            if line.code == "majority"
        }
        assert needed == {"proposal": (4_383, True), "amended": (4_383, False)}

    def test_the_result_is_provisional_until_the_assembly_has_ratified_it(
        self, client: Client
    ) -> None:
        cbs = Cbs()
        association = Association(cbs)
        june = consult(association)
        before = finality_of(standing_of(june))

        september = assemble(association, june)

        count, after = count_of(standing_of(september)), finality_of(standing_of(june))
        assert before.is_provisional
        assert (count.took_part("votes"), count.took_part("members")) == BY_HAND["september"]
        assert amounts(count, "1") == BY_HAND["ratified"] == cbs.recount(SEPTEMBER, ratify)
        assert hundredths(count.questions[0].share("for") or Fraction(0)) == 9854
        assert count.questions[0].verdict == "adopted"
        assert standing_of(june).steps[StepKind.RATIFIED].data == {"by": "2020-v1"}
        assert not after.is_provisional
        assert [one.adopted for one in after.ratifications] == [True]
        # The chain is shown both ways, with the numbers.
        page = client.get("/en/consultations/2020-06/result/?question=6&on=2020-10-01").content
        shown = page.decode()
        assert "61.6%" in shown
        assert "243 of 355 members" in shown
        assert "by the assembly, 25 September 2020" in shown
        assert "/en/consultations/2020-v1/result/" in shown
        other = client.get("/en/consultations/2020-v1/result/?on=2020-10-01").content.decode()
        assert "98.5%" in other
        assert "/en/consultations/2020-06/result/" in other


def consult(association: Association) -> Consultation:
    """June: six proposals, 243 ballots, published."""
    rule = rule_for(
        association,
        ConsultationKind.CONSULTATION,
        key="ledenraadpleging",
        rule=MORE_THAN_HALF,
        binding=Binding.POSITION,
        needs_ratification=True,
        dimensions=["size"],
    )
    questions = [{"form": QuestionForm.YES_NO, "text": f"Voorstel {key}"} for key in SHARES]
    questions.append({"form": QuestionForm.THREE_WAY, "text": "Voorstel 6"})
    june = association.hold(
        "2020-06",
        ConsultationKind.CONSULTATION,
        OPENS,
        CLOSES,
        rule=rule,
        title="Ledenraadpleging juni 2020",
        questions=questions,
    )
    association.cast(june, JUNE, RULES, OPENS)
    association.settle(june, CLOSES, PUBLISHED)
    return june


def assemble(association: Association, june: Consultation) -> Consultation:
    """25 September: the assembly ratifies what came of June."""
    rule = rule_for(
        association, ConsultationKind.ASSEMBLY, key="alv", rule=MORE_THAN_HALF, dimensions=["size"]
    )
    september = association.hold(
        "2020-v1",
        ConsultationKind.ASSEMBLY,
        ASSEMBLY,
        AFTER,
        rule=rule,
        title="Bekrachtiging van de ledenraadpleging",
        questions=[{"form": QuestionForm.YES_NO, "text": "Bekrachtigt u de uitslag?"}],
        ratifies=june,
    )
    association.cast(september, SEPTEMBER, {"1": ratify}, ASSEMBLY)
    association.settle(september, AFTER, AFTER)
    return september

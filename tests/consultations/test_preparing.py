"""Preparing and leading a vote: the forms, what follows, and what is refused."""

from datetime import timedelta

import pytest

from consultations.asking import Page
from consultations.council import CLOSES, Council, council
from verband.bodies.kinds import BodyKind, SeatRole
from verband.bodies.models import Tenure
from verband.bodies.use_cases import end_tenure
from verband.consultations.kinds import State, StepKind
from verband.consultations.models import Consultation, Question, QuestionFact, Step
from verband.consultations.models.consultations import NumberTaken
from verband.consultations.queries.numbers import next_number
from verband.consultations.queries.standing import questions_of, standing_of
from verband.consultations.use_cases.casting import answer_question
from verband.consultations.use_cases.leading import (
    NeverShorter,
    WithdrawnAlready,
    ask_members,
    extend_closing,
    withdraw_question,
)
from verband.consultations.use_cases.opening import (
    AnnouncedLonger,
    NothingAsked,
    NotOpen,
    close_vote,
    open_vote,
)
from verband.consultations.use_cases.paper import (
    AdviceNotOnPaper,
    AmendsAnAmendment,
    AnotherPaper,
)
from verband.consultations.use_cases.preparing import (
    AlreadyOpened,
    ReservedNumber,
    add_question,
    hold_over,
    withdraw_consultation,
)
from verband.kernel.permissions import NotAllowed
from verband.people.models import RoleKind
from verband.people.use_cases import give_role
from world import BEGIN, NOW, TODAY

pytestmark = pytest.mark.django_db
TOMORROW = "31-10-2017 10:00"


@pytest.fixture
def here(settings) -> Council:
    """The association on the day of the tests; pages without the ribbon around them."""
    settings.VERBAND_TODAY = TODAY
    settings.VERBAND_SHELL = ""
    return council()


def add(made: Council, vote: Consultation, **values) -> Question:
    values.setdefault("form", "yes_no")
    values.setdefault("text", "En dit?")
    return add_question(actor=made.secretary, now=NOW, consultation=vote, **values)


def flash(made: Council, account=None, **data: str) -> Page:
    page = Page(account or made.secretary, "new_consultation", query="?kind=flash")
    page.data.update(
        question="Moet dit erin?",
        answers="Ja\r\nNee\r\nLater",
        audience="members",
        closes_at=TOMORROW,
        opens_at="",
        rule="rule-flash",
        body="bestuur",
    )
    page.data.update(data)
    return page


class TestFlash:
    """A flash question in one form."""

    def test_the_form_offers_tomorrow_at_ten_and_the_only_rule(self, here: Council) -> None:
        found = flash(here).opened().content.decode()

        assert TOMORROW in found
        assert found.count("checked") == 1  # the rule
        assert "Snelle raadpleging" not in found

    def test_the_check_says_whom_it_reaches_and_the_answer_opens_it(self, here: Council) -> None:
        page = flash(here)

        told = page.checked()
        answer = page.sent("confirm")

        assert "It goes to 12 people in 6 municipalities. 12 people get a mail." in told
        assert "Ja, Nee, Later" in told and "All members" in told
        assert "2017-s1" in told and "10:00 (Dutch time)" in told
        vote = Consultation.objects.get()
        assert answer["Location"].endswith(f"/consultations/{vote.key}/")
        assert StepKind.OPENED in standing_of(vote).steps
        [asked] = questions_of(vote)
        assert [(o["code"], o["label"]) for o in asked.fact.options] == [
            ("yes", ""),
            ("no", ""),
            ("answer-3", "Later"),
        ]

    def test_the_check_itself_changes_nothing(self, here: Council) -> None:
        flash(here).checked()

        assert not Consultation.objects.exists()

    def test_a_second_tab_or_click_asks_once(self, here: Council) -> None:
        page = flash(here)
        page.confirmed()

        again = page.sent("confirm")

        assert again.status_code == 302
        assert Consultation.objects.count() == 1

    def test_it_can_go_to_a_size_and_a_function_and_open_later(self, here: Council) -> None:
        page = flash(
            here, audience="size:0-10000", functions="alderman", opens_at="31-10-2017 08:00"
        )

        told = page.checked()
        page.sent("confirm")

        assert "It goes to 3 people in 3 municipalities." in told
        vote = Consultation.objects.get()
        standing = standing_of(vote)
        assert standing.state(NOW) == State.PLANNED
        assert standing.fact.audience == {
            "of": "size",
            "from": 0,
            "until": 10_000,
            "functions": ["alderman"],
        }

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            ({"question": ""}, "Write the question."),
            ({"question": "x" * 301}, "300"),
            ({"answers": "Ja"}, "Give two to six answers, one on each line."),
            ({"answers": "a\nb\nc\nd\ne\nf\ng"}, "Give two to six answers, one on each line."),
            ({"answers": "Ja\nja"}, "Each answer must be different."),
            ({"answers": "Ja\n" + "x" * 81}, "Keep each answer below 80 characters."),
            ({"answers": "\0\nNee"}, "Null characters are not allowed."),
            ({"closes_at": ""}, "Fill in a day and an hour, as 31-10-2017 10:00."),
            ({"closes_at": "morgen om tien"}, "Write day and hour as 31-10-2017 10:00."),
            ({"closes_at": "31-10-2017 25:00"}, "Write day and hour as 31-10-2017 10:00."),
            ({"closes_at": "31-10-9999 10:00"}, "Write day and hour as 31-10-2017 10:00."),
            ({"closes_at": "25-03-2018 02:30"}, "That hour does not exist"),
            ({"closes_at": "29-10-2017 10:00"}, "The vote must close after it opens."),
            ({"opens_at": "29-10-2017 10:00"}, "This moment has passed."),
            ({"audience": "province:zz"}, "Select a valid choice."),
            ({"rule": "rule-consultation"}, "Select a valid choice."),
            ({"body": "g4"}, "Select a valid choice."),
        ],
    )
    def test_what_cannot_be_asked_is_refused_at_its_field(
        self, here: Council, data: dict[str, str], sentence: str
    ) -> None:
        assert sentence in flash(here).refused(**data)
        assert not Consultation.objects.exists()

    def test_a_rule_that_is_no_longer_in_force_is_refused_at_the_check(self, here: Council) -> None:
        told = flash(here).refused(audience="size:250000-", functions="clerk")

        assert "Nobody in the register fits this choice" in told

    def test_only_who_may_ask_for_some_body_gets_the_form(self, here: Council) -> None:
        for account in ("gm0363 secretary", "gm0363 alderman"):
            answer = flash(here, here.accounts[account]).opened()
            assert answer.status_code == 403
        assert flash(here, here.world.keeper).opened().status_code == 200
        assert Page(None, "new_consultation").opened().status_code == 302

    def test_intake_asks_for_any_body_and_an_officer_only_for_its_own(self, here: Council) -> None:
        team = here.world.body("team", BodyKind.STANDING_COMMITTEE, name="Team Water")
        chair = here.world.person("voorzitter-team", "voorzitter")
        here.world.tenure(here.world.seat(team, SeatRole.CHAIR), chair, BEGIN)
        clerk = here.world.person("intake", "intake")
        here.world.do(give_role, person=clerk, kind=RoleKind.INTAKE, valid_from=BEGIN)

        flash(here, here.world.account(clerk), body="team").confirmed()
        told = flash(here, here.world.account(chair)).refused(body="bestuur")

        assert "Select a valid choice." in told
        assert Consultation.objects.get().body == team

    def test_an_officer_cannot_ask_for_another_body_without_the_form(self, here: Council) -> None:
        team = here.world.body("team", BodyKind.STANDING_COMMITTEE)

        with pytest.raises(NotAllowed):
            ask_members(
                actor=here.secretary,
                now=NOW,
                opens_now=True,
                body=team,
                kind="flash",
                rule=here.rules["flash"],
                title="x",
                audience={"of": "members"},
                closes_at=CLOSES,
                questions=[],
            )


class TestNumbers:
    """The year, and a serial number of the kind."""

    def test_each_kind_counts_by_itself(self, made: Council) -> None:
        made.prepare(key="2017-04")
        made.prepare("flash", key="2017-s1")
        made.prepare(key="2017-04-bis")

        numbers = [next_number(kind, 2017) for kind in ("consultation", "flash", "statements")]

        assert numbers == ["2017-05", "2017-s2", "2017-d1"]
        assert next_number("consultation", 2018) == "2018-01"

    def test_a_number_is_given_by_itself_and_never_twice(self, made: Council) -> None:
        keys = [made.prepare(key="").key for _ in range(3)]

        assert keys == ["2017-01", "2017-02", "2017-03"]
        with pytest.raises(NumberTaken):
            made.prepare(key="2017-02")

    @pytest.mark.parametrize("key", ["new", "rules", "voters", "verify", "votes-of", "proxies"])
    def test_a_number_hides_no_page(self, made: Council, key: str) -> None:
        with pytest.raises(ReservedNumber):
            made.prepare(key=key)


class TestPaper:
    """Questions, parts, amendments and advice."""

    def test_a_motion_has_parts_and_amendments_of_its_own_paper(self, made: Council) -> None:
        vote, other = made.prepare(), made.prepare()
        motion = vote.questions.get()

        part = add(made, vote, part_of=motion)
        amendment = add(made, vote, amends=motion, proposer=made.members[1])

        assert (part.part_of, amendment.amends, amendment.order) == (motion, motion, 3)
        with pytest.raises(AnotherPaper):
            add(made, other, amends=motion)
        for wrong in (
            {"amends": amendment},
            {"part_of": part},
            {"part_of": motion, "amends": motion},
        ):
            with pytest.raises(AmendsAnAmendment):
                add(made, vote, **wrong)

    def test_the_board_advises_an_answer_on_the_paper(self, made: Council) -> None:
        vote = made.prepare()

        add(made, vote, form="three_way", advice="amended", advice_reason="Haalbaar.")

        with pytest.raises(AdviceNotOnPaper):
            add(made, vote, advice="amended")

    def test_the_proposer_withdraws_with_what_hangs_on_it_until_the_opening(
        self, made: Council
    ) -> None:
        vote = made.prepare()
        motion = add(made, vote, proposer=made.members[1])
        add(made, vote, amends=motion, proposer=made.members[2])
        mine, other = made.accounts["gm0344 secretary"], made.accounts["gm0014 secretary"]

        with pytest.raises(NotAllowed):
            withdraw_question(actor=other, now=NOW, question=motion, reason="x")
        gone = withdraw_question(actor=mine, now=NOW, question=motion, reason="overgenomen")

        assert [fact.question.order for fact in gone] == [2, 3]
        with pytest.raises(WithdrawnAlready):
            withdraw_question(actor=mine, now=NOW, question=motion, reason="x")
        open_vote(actor=made.secretary, now=NOW, consultation=vote)
        with pytest.raises(AlreadyOpened):
            withdraw_question(
                actor=made.secretary, now=NOW, question=vote.questions.first(), reason="x"
            )

    def test_a_paper_from_which_all_was_withdrawn_does_not_open(self, made: Council) -> None:
        vote = made.prepare()
        withdraw_question(actor=made.secretary, now=NOW, question=vote.questions.get(), reason="x")

        with pytest.raises(NothingAsked):
            open_vote(actor=made.secretary, now=NOW, consultation=vote)


class TestTimes:
    """Closing later, never shorter."""

    def test_an_open_vote_closes_later_with_the_reason_beside_it(self, made: Council) -> None:
        vote = made.opened()
        later = CLOSES + timedelta(days=1)

        extend_closing(
            actor=made.secretary, now=NOW, consultation=vote, closes_at=later, reason="storing"
        )

        fact = standing_of(vote).fact
        assert (fact.closes_at, fact.extended_because) == (later, "storing")
        assert standing_of(vote).state(CLOSES) == State.OPEN

    def test_it_never_becomes_shorter_than_announced(self, made: Council) -> None:
        vote = made.opened()

        for closes in (CLOSES, CLOSES - timedelta(hours=1)):
            with pytest.raises(NeverShorter):
                extend_closing(
                    actor=made.secretary,
                    now=NOW,
                    consultation=vote,
                    closes_at=closes,
                    reason="haast",
                )
        with pytest.raises(NotOpen):
            extend_closing(
                actor=made.secretary,
                now=CLOSES,
                consultation=vote,
                closes_at=CLOSES + timedelta(days=1),
                reason="te laat",
            )

    def test_it_closes_early_only_when_all_have_voted(self, made: Council) -> None:
        vote = made.opened()
        for place in range(5):
            made.cast(vote, place)
        soon = NOW + timedelta(hours=2)

        with pytest.raises(AnnouncedLonger) as refused:
            close_vote(actor=made.secretary, now=soon, consultation=vote, reason="klaar")
        made.cast(vote, 5)
        step = close_vote(actor=made.secretary, now=soon, consultation=vote, reason="klaar")

        assert refused.value.params["silent"] == 1
        assert step.data["early"] and step.data["reason"] == "klaar"

    def test_a_flash_question_closes_early_only_when_all_have_answered(self, made: Council) -> None:
        vote = made.opened("flash")
        accounts = list(made.accounts.values())
        for place, account in enumerate(accounts):
            with pytest.raises(AnnouncedLonger):
                close_vote(actor=made.secretary, now=NOW, consultation=vote)
            answer_question(
                actor=account,
                now=NOW,
                consultation=vote,
                choice="yes",
                token=f"00000000-0000-4000-8000-{place:012}",
            )

        assert close_vote(actor=made.secretary, now=NOW, consultation=vote).data["early"]


class TestPages:
    """The pages with which a consultation is prepared and led."""

    def consultation(self, here: Council, **data: str) -> Page:
        page = Page(here.secretary, "new_consultation", query="?kind=consultation")
        page.data.update(
            title="De inzet",
            explanation="Waarom.",
            audience="members",
            opens_at="",
            closes_at="03-11-2017 12:00",
            rule="rule-consultation",
            body="bestuur",
            key="",
        )
        page.data.update(data)
        return page

    def test_from_an_empty_form_to_a_published_result(self, here: Council) -> None:
        told = self.consultation(here).confirmed()
        vote = Consultation.objects.get()
        assert told["Location"].endswith(f"/consultations/{vote.key}/edit/")
        question = Page(here.secretary, "add_question", vote.key, query="?form=yes_no")
        question.confirmed(text="Stemt u in?", advice="for", advice_reason="Nodig.")

        edit = Page(here.secretary, "edit_consultation", vote.key).words()
        check = Page(here.secretary, "open_vote", vote.key).checked()
        Page(here.secretary, "open_vote", vote.key).confirmed()

        assert "It goes to 6 municipalities with 159 votes. 6 people get a mail." in edit
        assert "Stemt u in?" in edit and "Add an amendment" in edit
        assert "6 municipalities with 159 votes" in check
        for place in range(6):
            here.cast(vote, place)
        closing = Page(here.secretary, "close_vote", vote.key)
        assert "6 of 6 members voted." in closing.checked(reason="Iedereen stemde.")
        closing.sent("confirm")
        Page(here.secretary, "publish_result", vote.key).confirmed()
        assert standing_of(vote).is_published

    def test_a_choice_between_texts_and_an_amendment_are_put_on_the_paper(
        self, here: Council
    ) -> None:
        vote = here.prepare()
        three = Page(here.secretary, "add_question", vote.key, query="?form=three_way")
        three.confirmed(text="Welke?", proposal="Tekst A", amended="Tekst B", advice="proposal")
        amendment = Page(here.secretary, "add_question", vote.key, query="?form=yes_no&amends=1")
        amendment.confirmed(text="Met een grens?", proposer="gm0344")
        choice = Page(here.secretary, "add_question", vote.key, query="?form=choice")
        assert "There is no such answer." in choice.refused(
            text="Wanneer?", answers="Nu\nLater", advice="3"
        )
        choice.confirmed(advice="2")

        texts = {f.question.order: f for f in QuestionFact.objects.known(None)}
        assert [o["help"] for o in texts[2].options] == ["Tekst A", "Tekst B", "", ""]
        assert texts[3].question.proposer == here.members[1]
        assert texts[4].advice == "answer-2"
        changing = Page(here.secretary, "change_question", vote.key, 3)
        changing.confirmed(text="Met een bovengrens?", explanation="", advice="")
        assert questions_of(vote)[2].fact.text == "Met een bovengrens?"

    def test_particulars_change_until_the_opening(self, here: Council) -> None:
        vote = here.prepare()
        page = Page(here.secretary, "change_particulars", vote.key)

        page.confirmed(
            title="Nieuwe titel",
            explanation="",
            audience="size:20000-",
            opens_at="",
            closes_at="05-11-2017 12:00",
        )

        assert standing_of(vote).fact.title == "Nieuwe titel"
        open_vote(actor=here.secretary, now=NOW, consultation=vote)
        assert "has been opened" in page.refused()
        gone = Page(here.secretary, "edit_consultation", vote.key).opened()
        assert gone["Location"].endswith(f"/consultations/{vote.key}/")

    def test_a_draft_whose_question_reaches_nobody_says_so(self, here: Council) -> None:
        vote = here.prepare(audience={"of": "body", "key": "bestuur"})

        told = Page(here.secretary, "edit_consultation", vote.key).words()

        assert "It cannot open like this" in told
        assert "Nobody in the register fits this choice" in told

    def test_closing_later_withdrawing_and_holding_over_say_what_follows(
        self, here: Council
    ) -> None:
        vote = here.opened()
        later = Page(here.secretary, "extend_closing", vote.key)
        assert "later than that" in later.refused(closes_at="02-11-2017 12:00", reason="x")
        assert "instead of" in later.checked(closes_at="05-11-2017 12:00", reason="storing")
        later.sent("confirm")
        told = Page(here.secretary, "withdraw_consultation", vote.key).checked(reason="vervallen")
        assert "Nobody can vote any more" in told
        Page(here.secretary, "hold_over", vote.key).confirmed(
            until="de ALV van 7 juni", reason="eerst overleg"
        )

        step = Step.objects.get(consultation=vote, kind=StepKind.HELD_OVER)
        assert step.data == {"reason": "eerst overleg", "until": "de ALV van 7 juni"}
        again = Page(here.secretary, "withdraw_consultation", vote.key).refused(reason="x")
        assert "closed or withdrawn already" in again

    def test_only_who_leads_it_gets_the_forms(self, here: Council) -> None:
        vote = here.prepare()
        names = ("edit_consultation", "open_vote", "close_vote", "publish_result", "hold_over")
        for name in (*names, "extend_closing", "withdraw_consultation", "change_particulars"):
            stranger = Page(here.accounts["gm0363 secretary"], name, vote.key)
            assert stranger.opened().status_code == 403, name
            assert Page(None, name, vote.key).opened().status_code == 302, name
        assert not Step.objects.exists()

    def test_an_officer_whose_seat_ended_leads_nothing(self, here: Council) -> None:
        vote = here.prepare()
        tenure = Tenure.objects.get(seat__body=here.board)
        here.world.do(end_tenure, tenure=tenure, day=TODAY, reason="klaar", now=NOW)

        assert Page(here.secretary, "open_vote", vote.key).opened().status_code == 403

    def test_questions_are_read_in_a_fixed_number_of_queries(
        self, here: Council, django_assert_max_num_queries
    ) -> None:
        vote = here.prepare()
        page = Page(here.secretary, "edit_consultation", vote.key)
        page.opened()
        with django_assert_max_num_queries(70) as few:
            page.opened()
        for n in range(12):
            add(here, vote, text=f"Vraag {n}", proposer=here.members[n % 6])

        with django_assert_max_num_queries(len(few) + 1):
            page.opened()


def test_a_draft_opens_when_it_is_planned_or_held_over_never(made: Council) -> None:
    vote, other = made.prepare(), made.prepare()

    hold_over(actor=made.secretary, now=NOW, consultation=vote, reason="later", until="2018")
    withdraw_consultation(actor=made.secretary, now=NOW, consultation=other, reason="fout")

    assert standing_of(vote).state(NOW) == State.HELD_OVER
    assert standing_of(other).state(NOW) == State.WITHDRAWN

"""What the desk is told beside the vote at hand: a tie, a lot, whether it is decided already."""

from django.utils.translation import gettext as _

from verband.consultations.kinds import QuestionForm, State, StepKind
from verband.consultations.queries.count import QuestionCount, count_of
from verband.consultations.queries.elections import ElectionCount, elections_of
from verband.consultations.queries.sitting import Hall, Item
from verband.core.errors import DomainError
from verband.core.voting.decided import standing as decided_already
from verband.core.voting.roll import Ballot, Elector, Roll
from verband.ui.wording import sentence


def closed_elections(item: Item) -> tuple[list[ElectionCount], str]:
    """The elections in a vote that closed but is not published; or why they cannot be counted."""
    if item.state != State.CLOSED or StepKind.CLOSED not in item.standing.steps:
        return [], ""
    try:
        return elections_of(item.standing), ""
    except DomainError as refusal:
        return [], sentence(refusal)


def ties_of(item: Item) -> list[QuestionCount]:
    """The questions whose tie the rule leaves to the chair or the lot; known once it is closed."""
    if item.state != State.CLOSED or StepKind.CLOSED not in item.standing.steps:
        return []
    return [one for one in count_of(item.standing).questions if one.verdict == "tied"]


def choices_in(tied: QuestionCount) -> tuple[str, ...]:
    """Between what the tie can be settled."""
    return tuple(tied.outcome.could_settle) or ("for", "against")


def notes_of(item: Item, elections: list[ElectionCount], hall: Hall, open_now: bool) -> list[str]:
    found = []
    for one in elections:
        if one.verdict == "lot_needed":
            names = "; ".join(one.name(code) for code in one.field)
            found.append(_("Equal votes: draw lots between %(names)s.") % {"names": names})
    if open_now and item.standing.is_live:
        found += decided_words(item, hall)
    return found


def decided_words(item: Item, hall: Hall) -> list[str]:
    """Whether what is still out can change it; only where the rule shows interim results."""
    found = []
    counted = count_of(item.standing)
    electors = [Elector(one.key, one.votes, one.inhabitants) for one in hall.members]
    there = {one.key for one in hall.present} | {ballot.key for ballot in counted.ballots}
    for question in counted.questions:
        if question.asked.question.form != QuestionForm.YES_NO:
            continue
        cast = [
            Ballot(ballot.key, str(ballot.answers[question.asked.key]))
            for ballot in counted.ballots
            if isinstance(ballot.answers.get(question.asked.key), str)
        ]
        answer = decided_already(counted.rule, Roll(electors, there), cast).answer
        words = {
            "adopted": _("Already decided: it will be adopted, whatever the others vote."),
            "not_adopted": _("Already decided: it will not be adopted, whatever the others vote."),
            "open": _("Not decided yet: those who are still out can turn it."),
        }
        found.append(words[answer])
    return found

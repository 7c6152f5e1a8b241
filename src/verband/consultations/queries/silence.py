"""How many of those that were asked have said nothing yet."""

from verband.consultations.kinds import ConsultationKind
from verband.consultations.models import Consultation, StatementVote

TO_PEOPLE = (ConsultationKind.FLASH, ConsultationKind.STATEMENTS)


def silent_in(consultation: Consultation) -> int:
    """How many that were asked have not answered: people, or members on the roll. One query."""
    if consultation.kind == ConsultationKind.FLASH:
        answered = consultation.answers.values("person")
        return int(consultation.invitations.exclude(person__in=answered).count())
    if consultation.kind == ConsultationKind.STATEMENTS:
        voted = StatementVote.objects.filter(statement__consultation=consultation)
        return int(consultation.invitations.exclude(person__in=voted.values("person")).count())
    return int(consultation.roll.exclude(member__in=consultation.ballots.values("member")).count())

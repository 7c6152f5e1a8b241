"""The choices of a consultation: its kind, what it binds, how it stands, who voted and how."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ConsultationKind(models.TextChoices):
    """How the members are asked."""

    FLASH = "flash", _("flash question")
    CONSULTATION = "consultation", _("member consultation")
    ASSEMBLY = "assembly", _("assembly vote")
    STATEMENTS = "statements", _("statements")


class Binding(models.TextChoices):
    """How far the result binds; each kind allows only some of these."""

    ADVICE = "advice", _("advice: the board weighs it, it binds nobody")
    POSITION = "position", _("position of the association, provisional until ratified")
    DECISION = "decision", _("decision: it binds the association")


class Weighing(models.TextChoices):
    """What a vote weighs."""

    VOTES = "votes", _("votes by the voting key")
    MEMBERS = "members", _("one member, one vote")
    PERSONS = "persons", _("one person, one answer")


class QuestionForm(models.TextChoices):
    """What can be answered."""

    YES_NO = "yes_no", _("for, against or abstain")
    THREE_WAY = "three_way", _("proposal, amended proposal or neither")
    CHOICE = "choice", _("one of several answers")
    PERSONS = "persons", _("election of persons")


class ElectionMethod(models.TextChoices):
    """How persons are elected."""

    ROUNDS = "rounds", _("by majority, in rounds")
    APPROVAL = "approval", _("by approval, for several seats")
    STV = "stv", _("by ranking (single transferable vote)")


class StepKind(models.TextChoices):
    """What happened to a consultation; each happens at most once."""

    OPENED = "opened", _("opened")
    CLOSED = "closed", _("closed")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HELD_OVER = "held_over", _("held over")
    ACCLAIMED = "acclaimed", _("adopted by acclamation")
    FINAL = "final", _("final: no objection stands")
    RATIFIED = "ratified", _("ratified by the assembly")
    LOT = "lot", _("lots drawn")


class State(models.TextChoices):
    """How a consultation stands; it follows from its steps."""

    DRAFT = "draft", _("draft")
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, not published")
    PUBLISHED = "published", _("published")
    FINAL = "final", _("final")
    WITHDRAWN = "withdrawn", _("withdrawn")
    HELD_OVER = "held_over", _("held over")


class VoterRank(models.TextChoices):
    """First or second in line to vote for a member."""

    VOTER = "voter", _("authorised voter")
    SUBSTITUTE = "substitute", _("substitute")


class NamedBy(models.TextChoices):
    """How a member made known who votes."""

    LETTER = "letter", _("by letter")
    FORM = "form", _("by this form")


class Capacity(models.TextChoices):
    """In which capacity somebody cast a ballot."""

    VOTER = "voter", _("authorised voter")
    SUBSTITUTE = "substitute", _("substitute")
    SECRETARY = "secretary", _("municipal secretary, because nobody was named")
    PROXY = "proxy", _("holder of a proxy")
    DESK = "desk", _("recorded at the desk, by show of hands")


class Side(models.TextChoices):
    """On which side a reason stands."""

    FOR = "for", _("for")
    AGAINST = "against", _("against")
    NEITHER = "neither", _("neither")


class Verdict(models.TextChoices):
    """The fixed words for an outcome."""

    POSITION = "position", _("position")
    RESERVATION = "reservation", _("position with reservation")
    PER_SEGMENT = "per_segment", _("position per segment")
    NO_POSITION = "no_position", _("no common position")
    REJECTED = "rejected", _("rejected")
    UNDECIDED = "undecided", _("nothing decided")


class NoticeKind(models.TextChoices):
    """What a mail was about."""

    OPENED = "opened", _("it is open")
    REMINDER = "reminder", _("reminder")
    PUBLISHED = "published", _("the result")
    DIGEST = "digest", _("daily digest")
    NAMED = "named", _("named as voter")
    REVOKED = "revoked", _("no longer the voter")


class DeliveryState(models.TextChoices):
    """How a promised mail stands."""

    WAITING = "waiting", _("waiting")
    SENT = "sent", _("handed over")
    REFUSED = "refused", _("refused by the mail server of the receiver")
    LAPSED = "lapsed", _("no longer needed")

"""The kinds, roles and ways of deciding that bodies know: the glossary's words as choices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyKind(models.TextChoices):
    """Kinds of body and network."""

    ASSOCIATION = "association", _("association")
    GENERAL_ASSEMBLY = "general_assembly", _("general assembly")
    BOARD = "board", _("board")
    EXECUTIVE = "executive", _("general directorate")
    BUREAU = "bureau", _("bureau")
    STANDING_COMMITTEE = "standing_committee", _("standing committee")
    COLLEGE = "college", _("college")
    ADVISORY_COMMITTEE = "advisory_committee", _("advisory committee")
    SUBCOMMITTEE = "subcommittee", _("subcommittee")
    EXPERTISE_TEAM = "expertise_team", _("expertise team")
    DELEGATION = "delegation", _("delegation")
    TABLE = "table", _("table with other governments")
    PROGRAMME = "programme", _("programme")
    MUNICIPAL_NETWORK = "municipal_network", _("municipal network")
    PROVINCIAL_BRANCH = "provincial_branch", _("provincial branch")
    AFFILIATED = "affiliated", _("affiliated association")
    PROFESSIONAL_NETWORK = "professional_network", _("professional network")
    PARTNER = "partner", _("partner body")
    KNOWLEDGE = "knowledge", _("knowledge institute")
    COMPANY = "company", _("company of the group")
    FUND = "fund", _("fund")


class SeatRole(models.TextChoices):
    """What the holder of a seat does in the body."""

    CHAIR = "chair", _("chair")
    VICE_CHAIR = "vice_chair", _("vice-chair")
    SECRETARY = "secretary", _("secretary")
    TREASURER = "treasurer", _("treasurer")
    MEMBER = "member", _("member")
    LIAISON = "liaison", _("liaison")
    AGENDA_MEMBER = "agenda_member", _("agenda member")
    OBSERVER = "observer", _("observer")
    ADVISER = "adviser", _("adviser")
    LINKING_PIN = "linking_pin", _("linking pin")


class LinkKind(models.TextChoices):
    """How one body is tied to another; read from left to right."""

    REPRESENTS = "represents", _("is represented in")
    REPORTS_TO = "reports_to", _("reports to")
    LINKING_PIN = "linking_pin", _("has a linking pin to")
    SHARES_DECISION_LISTS = "shares_lists", _("shares its decision lists with")
    LIAISON = "liaison", _("has a liaison to")


class Deciding(models.TextChoices):
    """How a body decides."""

    UNKNOWN = "", _("not known")
    WEIGHTED_VOTE = "weighted", _("weighted vote")
    MAJORITY = "majority", _("majority of members")
    CONSENSUS = "consensus", _("consensus")
    ADVICE = "advice", _("gives advice, does not decide")


class OurRole(models.TextChoices):
    """Which role the association takes in a network."""

    NOT_SET = "", _("not determined")
    LEADS = "leads", _("leads")
    FACILITATES = "facilitates", _("facilitates")
    PARTICIPATES = "participates", _("participates")
    FOLLOWS = "follows", _("follows")


class Intensity(models.TextChoices):
    """How much the association puts into a network."""

    NOT_SET = "", _("not determined")
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class CoverKind(models.TextChoices):
    """What a body covers."""

    MINISTRY = "ministry", _("ministry")
    TASK_FIELD = "field", _("task field")
    THEME = "theme", _("theme")

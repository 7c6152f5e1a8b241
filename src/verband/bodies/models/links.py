"""Rows about the links between bodies."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from verband.bodies.kinds import LinkKind
from verband.bodies.models.body import Body
from verband.core.errors import DomainError
from verband.kernel.two_times import REFUSALS, ThingModel, TwoTimesModel, one_at_a_time
from verband.people.models import Person


class OneLinkAtATime(DomainError):
    """A link holds once on a day."""

    code = "link_overlap"
    template = "This link already exists in that period."


class LinkToItself(DomainError):
    """A body is not tied to itself."""

    code = "link_to_itself"
    template = "Choose another body: a body cannot be linked to itself."


class Link(ThingModel):
    """A tie from one body to another."""

    from_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="links_out")
    to_body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="links_in")
    kind = models.CharField(_("kind"), max_length=12, choices=LinkKind.choices)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        constraints = [
            models.UniqueConstraint(fields=["from_body", "to_body", "kind"], name="link_once"),
            models.CheckConstraint(condition=~Q(from_body=F("to_body")), name="link_between_two"),
        ]

    def __str__(self) -> str:
        return f"{self.from_body} {self.get_kind_display()} {self.to_body}"


class LinkFact(TwoTimesModel):
    """The link holds in this period, carried by a person where it is a liaison or linking pin."""

    THING = "link"
    ABOUT = (
        "link__from_body",
        "link__to_body",
        "person",
    )

    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="facts")
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="links"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta(TwoTimesModel.Meta):
        verbose_name = _("period of a link")
        constraints = [
            *TwoTimesModel.Meta.constraints,
            one_at_a_time("link", name="link_overlap", refusal=OneLinkAtATime),
        ]

    def __str__(self) -> str:
        return str(self.link)


REFUSALS["link_between_two"] = LinkToItself

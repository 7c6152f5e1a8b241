"""The parts of the page of one member: who votes where, what it arranged before, its proxies."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from verband.bodies.change.authority import RowAction, allowed
from verband.consultations.models import Designation, Proxy, Sitting, SittingFact
from verband.consultations.pages.clocks import at
from verband.consultations.queries.mandating import Coming, proposed_by
from verband.consultations.queries.naming import Deadline
from verband.consultations.use_cases.leading import withdraw_question
from verband.consultations.voters import Voters
from verband.members.models import Organisation
from verband.members.people_labels import Called
from verband.ui.component import Link
from verband.ui.components.ledger import Column, Ledger, Row
from verband.ui.components.time import Clock
from verband.ui.components.words import EmptyState, Fact, Facts, Gap, Tag
from verband.ui.query import Query
from verband.ui.scale import TimeScale


@dataclass(frozen=True)
class Telling:
    """Makes the parts of the page of one member."""

    request: Any
    member: Organisation
    called: dict[int, Called]
    names: dict[int, str]
    may: frozenset[str]

    def who(self, person_id: int) -> str:
        """A person by function."""
        found = self.called.get(person_id)
        return capfirst(str(found)) if found is not None else "–"

    def general(self, voters: Voters) -> Facts:
        """Who votes in every vote for which nobody else was named."""
        rows = []
        for term, naming in (
            (_("Authorised voter"), voters.named),
            (_("Substitute"), voters.substitute),
        ):
            value: object = Gap(_("nobody named"))
            if naming is not None:
                value = Link(self.who(naming.person_id), "", _how(naming))
            rows.append(Fact(term, value))
        if voters.named is None and voters.substitute is None:
            people = ", ".join(self.who(pk) for pk in voters.secretaries)
            because = _("because nobody was named")
            rows.append(
                Fact(_("Votes now"), Link(people, "", because) if people else Gap(_("nobody")))
            )
        return Facts(tuple(rows), "big")

    def naming_links(self) -> tuple[Link, ...]:
        """The button with which somebody is named for all votes."""
        if "name_voter" not in self.may:
            return ()
        return (Link(_("Name who votes"), reverse("name_voter", args=[self.member.key])),)

    def votes(
        self, asked: list[Deadline], particular: dict[int, Voters], proxies: list[Proxy]
    ) -> Ledger:
        """The votes that are planned or open."""
        given = {
            row.consultation_id: row
            for row in proxies
            if row.member_id == self.member.pk and row.consultation_id is not None
        }
        whole = {
            row.sitting_id: row
            for row in proxies
            if row.member_id == self.member.pk and row.sitting_id is not None
        }
        rows = []
        for one in asked:
            consultation = one.standing.consultation
            proxy = given.get(consultation.pk) or whole.get(consultation.sitting_id or 0)
            rows.append(self._vote(one, particular[consultation.pk], proxy))
        return Ledger(
            caption=_("Votes that are planned or open"),
            columns=(
                Column(_("Consultation")),
                Column(_("Votes for this member")),
                Column(_("Naming until")),
                Column(_("Change")),
            ),
            rows=tuple(rows),
            empty=EmptyState(_("No vote is planned or open.")),
        )

    def _vote(self, one: Deadline, voters: Voters, proxy: Proxy | None) -> Row:
        now, consultation = self.request.reading.now, one.standing.consultation
        people = voters.named or voters.substitute
        who = self.who(people.person_id) if people is not None else self._secretaries(voters)
        if proxy is not None:
            holder = {"holder": self.names[proxy.holder_id]}
            who = _("%(holder)s, by proxy") % holder
        until: object = Gap(_("not known yet"))
        links: list[RowAction] = []
        title = one.standing.fact.title
        if one.until is not None and one.has_passed(now):
            until = Tag(_("closed %(moment)s") % {"moment": at(one.until, now)}, "past")
        elif one.until is not None:
            until = Clock.until(one.until, now)
        args = [consultation.key, self.member.key]
        if "name_voter" in self.may and not one.has_passed(now):
            address = reverse("name_voter_here", args=args)
            links.append(RowAction(_("Name for this vote"), title, address))
        if "give_proxy" in self.may and proxy is None:
            links.append(RowAction(_("Give a proxy"), title, reverse("give_proxy", args=args)))
        page = "consultation" if one.standing.steps else ""
        address = reverse(page, args=[consultation.key]) if page else ""
        return Row((Link(title, address, consultation.key), who, until, tuple(links) or "–"))

    def _secretaries(self, voters: Voters) -> str:
        people = ", ".join(self.who(pk) for pk in voters.secretaries)
        return people or _("nobody")

    def history(self, namings: list[Designation]) -> Ledger:
        """Every naming, with how it was made known and until when it holds."""
        day = self.request.reading.day
        return Ledger(
            caption=_("Named before, now and later"),
            columns=(
                Column(_("Who")),
                Column(_("As")),
                Column(_("For")),
                Column(_("Made known"), kind="quiet"),
                Column(_("Period"), kind="period"),
                Column(_("Change")),
            ),
            rows=tuple(self._naming(row) for row in namings),
            scale=TimeScale.around(day, (row.period for row in namings)),
            day=day,
            name="namings",
            query=Query.of(self.request),
            empty=EmptyState(_("Nobody was ever named.")),
        )

    def _naming(self, row: Designation) -> Row:
        links: tuple[RowAction, ...] = ()
        if "revoke_naming" in self.may and not row.period.is_past(self.request.reading.day):
            address = reverse("revoke_naming", args=[row.pk])
            links = (RowAction(_("Revoke"), self.who(row.person_id), address),)
        where = row.consultation.key if row.consultation is not None else _("all votes")
        return Row(
            (
                self.who(row.person_id),
                capfirst(str(row.get_rank_display())),
                where,
                _how(row),
                row.period,
                links or "–",
            )
        )

    def proxies(self, proxies: list[Proxy]) -> Ledger | None:
        """The proxies that this member gave and holds."""
        if not proxies:
            return None
        return Ledger(
            caption=_("Proxies given and held"),
            columns=(
                Column(_("Proxy")),
                Column(_("For")),
                Column(_("Instruction"), kind="quiet"),
                Column(_("Change")),
            ),
            rows=tuple(self._proxy(row) for row in proxies),
        )

    def _proxy(self, row: Proxy) -> Row:
        gave = row.member_id == self.member.pk
        other = self.names[row.holder_id if gave else row.member_id]
        words = _("%(name)s votes for this member") if gave else _("This member votes for %(name)s")
        links: tuple[RowAction, ...] = ()
        if gave and "revoke_proxy" in self.may:
            links = (RowAction(_("Revoke"), other, reverse("revoke_proxy", args=[row.pk])),)
        bound = _("with an instruction") if row.instruction else _("free")
        return Row((words % {"name": other}, proxy_for(row), bound, links or "–"))

    def proposed(self) -> Ledger | None:
        """What this member proposed and can still withdraw."""
        facts = proposed_by(self.member)
        if not facts or not allowed(self.request, (withdraw_question,), question=facts[0].question):
            return None
        rows = tuple(
            Row(
                (
                    fact.text,
                    fact.question.consultation.key,
                    RowAction(
                        _("Withdraw"),
                        fact.text,
                        reverse(
                            "withdraw_question",
                            args=[fact.question.consultation.key, fact.question.order],
                        ),
                    ),
                )
            )
            for fact in facts
        )
        columns = (Column(_("Proposed by you")), Column(_("Consultation")), Column(_("Change")))
        return Ledger(_("What you proposed and can still withdraw"), columns, rows)

    def sitting_links(self, coming: list[Coming]) -> tuple[Link, ...]:
        """The sittings for which a proxy can be given for all votes."""
        return tuple(
            Link(
                _("Give a proxy for %(sitting)s") % {"sitting": one.fact.title},
                reverse("give_proxy_for_sitting", args=[self.member.key, one.sitting.key]),
            )
            for one in coming
        )


def _how(row: Designation) -> str:
    told = str(row.get_how_display())
    return f"{told}, {row.decided_by}" if row.decided_by else told


def proxy_for(row: Proxy) -> str:
    """For which vote or sitting a proxy was given."""
    if row.sitting is not None:
        return _("all votes of %(sitting)s") % {"sitting": row.sitting.key}
    return str(row.consultation)


def sitting_title(sitting: Sitting) -> str:
    """What a sitting is called."""
    fact = SittingFact.objects.known(None).filter(sitting=sitting).first()
    return sitting.key if fact is None else str(fact.title)

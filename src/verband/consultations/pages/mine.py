"""What a consultation asks of whoever reads it: the vote of a municipality, or an own answer."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from verband.consultations.kinds import ConsultationKind, State
from verband.consultations.models import Answer, Invitation
from verband.consultations.pages.ballot import Frame
from verband.consultations.pages.choice_words import choice_label
from verband.consultations.pages.clocks import at_or_today
from verband.consultations.pages.voter_words import standing_words, who_votes
from verband.consultations.queries.mandates import functions_of, lines_of, mandates_of
from verband.consultations.queries.standing import Standing, questions_of
from verband.consultations.queries.statements import left_for, statements_of, votes_by
from verband.people.models import Account
from verband.ui.components.words import Panel
from verband.ui.reading import Reading
from verband.ui.wording import number


def mine_panel(reading: Reading, standing: Standing, actor: Account | None) -> Panel | None:
    """What the reader can do while it is open; nothing for a visitor and on another day."""
    if actor is None or not reading.changes_allowed or standing.state(reading.now) != State.OPEN:
        return None
    if standing.consultation.kind == ConsultationKind.STATEMENTS:
        return _statements(reading, standing, actor.person_id)
    if standing.consultation.kind == ConsultationKind.FLASH:
        return _answer(reading, standing, actor.person_id)
    return _votes(reading, standing, actor.person_id)


def _button(href: str, words: str) -> SafeString:
    return format_html(
        '<p class="vb-actions"><a class="vb-btn vb-btn--primary" href="{}">{}</a></p>', href, words
    )


def _answer(reading: Reading, standing: Standing, person: int) -> Panel | None:
    consultation = standing.consultation
    if not Invitation.objects.filter(consultation=consultation, person=person).exists():
        return None
    last = Answer.objects.filter(consultation=consultation, person=person)
    said = last.order_by("-number").first()
    href = reading.link(reverse("answer", args=[consultation.key]))
    if said is None:
        words = format_html("<p>{}</p>", _("You have not answered yet."))
        return Panel(_("Your answer"), (words, _button(href, _("Answer"))), "pine")
    [asked] = questions_of(consultation)
    told = _("You answered “%(choice)s” at %(when)s.") % {
        "choice": choice_label(asked, said.choice),
        "when": at_or_today(said.recorded_from, reading.now),
    }
    words = format_html("<p>{}</p>", told)
    return Panel(_("Your answer"), (words, _button(href, _("Change your answer"))), "pine")


def _statements(reading: Reading, standing: Standing, person: int) -> Panel | None:
    """How far the reader is in a deliberation."""
    consultation = standing.consultation
    if not Invitation.objects.filter(consultation=consultation, person=person).exists():
        return None
    puts, said = statements_of(consultation), votes_by(consultation, person)
    left = len(left_for(puts, person, said))
    words = _("You voted on every statement that is put to the vote.")
    if left:
        words = ngettext(
            "%(count)s statement waits for your vote.",
            "%(count)s statements wait for your vote.",
            left,
        ) % {"count": number(left)}
    label = _("Go on voting") if said else _("Take part")
    href = reading.link(reverse("statements", args=[consultation.key]))
    own = format_html(
        '<p><a href="{}">{}</a></p>',
        reading.link(reverse("add_statement", args=[consultation.key])),
        _("Add a statement of your own"),
    )
    return Panel(
        _("Your part"), (format_html("<p>{}</p>", words), _button(href, label), own), "pine"
    )


def _votes(reading: Reading, standing: Standing, person: int) -> Panel | None:
    consultation, day = standing.consultation, reading.today
    mandates = mandates_of(consultation, person, day)
    if not mandates:
        return None
    people = {person}
    for one in mandates:
        naming = (one.voters.named, one.voters.substitute)
        people |= {it.person_id for it in naming if it} | (
            {one.last.person_id} if one.last and one.last.person_id else set()
        )
    places = {one.line.member_id for one in mandates}
    places |= {one.last.by_member_id for one in mandates if one.last and one.last.by_member_id}
    functions = functions_of(people, places, day)
    holders = {one.voters.proxy.holder_id for one in mandates if one.voters.proxy}
    lines = lines_of(consultation, holders) if holders else {}
    questions = questions_of(consultation)
    path = reading.link(reverse("vote", args=[consultation.key]))
    parts = []
    for one in mandates:
        frame = Frame(reading, standing, questions, one, functions, person)
        votes = ngettext("%(count)s vote", "%(count)s votes", one.line.votes)
        head = f"{one.line.name}, {votes % {'count': number(one.line.votes)}}"
        holder = one.voters.proxy.holder_id if one.voters.proxy else 0
        told = [standing_words(frame, reading.now) or _("Nobody has voted yet.")]
        if not one.may_vote:
            who = lines[holder].name if holder in lines else ""
            words = _("You are not the authorised voter. %(who)s")
            told = [words % {"who": who_votes(one.voters, functions, one.line.name, who)}]
        button = SafeString("")
        if one.may_vote:
            label = _("Change the vote") if one.last else _("Vote")
            join = "&" if "?" in path else "?"
            button = _button(f"{path}{join}for={one.line.member.key}", label)
        if one.may_vote and one.last:
            receipt = reading.link(reverse("receipt", args=[consultation.key, one.last.token]))
            button += format_html('<p><a href="{}">{}</a></p>', receipt, _("The receipt"))
        text = format_html_join(" ", "{}", ((it,) for it in told))
        parts.append(format_html("<div><p><b>{}</b></p><p>{}</p>{}</div>", head, text, button))
    return Panel(_("Your vote"), tuple(parts), "pine")

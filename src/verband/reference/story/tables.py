"""The bodies of the story: those of the report, and some fictional ones that came and went."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial

from verband.bodies.kinds import BodyKind, CoverKind, Deciding, Intensity, OurRole
from verband.bodies.models import Body, BodyTerm
from verband.bodies.use_cases import (
    add_goal,
    cover,
    end_body,
    prolong_body,
    set_up_body,
)
from verband.members.models import Organisation, OrganisationKind
from verband.members.use_cases import add_organisation
from verband.reference import files
from verband.reference.rows import BodyRow
from verband.reference.sources import REPORT
from verband.reference.story.organisations import SWORN_IN, Places
from verband.reference.story.scribe import BEGIN, Scribe
from verband.reference.story.texts import FIELDS, GOALS, PASSING, PURPOSES, TEMPORARY, Passing

FICTION = "Verzonnen voor de voorbeeldvereniging"
KINDS = {
    "association": BodyKind.ASSOCIATION,
    "general_assembly": BodyKind.GENERAL_ASSEMBLY,
    "board": BodyKind.BOARD,
    "executive": BodyKind.EXECUTIVE,
    "bureau": BodyKind.BUREAU,
    "advisory_committee": BodyKind.ADVISORY_COMMITTEE,
    "standing_committee": BodyKind.STANDING_COMMITTEE,
    "college": BodyKind.COLLEGE,
    "subcommittee": BodyKind.SUBCOMMITTEE,
    "expertise_team": BodyKind.EXPERTISE_TEAM,
    "consultation": BodyKind.TABLE,
    "company_group": BodyKind.COMPANY,
    "company": BodyKind.COMPANY,
    "fund": BodyKind.FUND,
    "programme": BodyKind.PROGRAMME,
    "provincial_branch": BodyKind.PROVINCIAL_BRANCH,
    "municipal_network": BodyKind.MUNICIPAL_NETWORK,
    "affiliated_association": BodyKind.AFFILIATED,
    "other_association": BodyKind.AFFILIATED,
    "professional_network": BodyKind.PROFESSIONAL_NETWORK,
    "partner_government": BodyKind.PARTNER,
    "sector_partner": BodyKind.PARTNER,
    "planning_bureau": BodyKind.KNOWLEDGE,
    "knowledge_partner": BodyKind.KNOWLEDGE,
    "advisory_council": BodyKind.KNOWLEDGE,
}
ORGANISATION_KINDS = {
    "association": OrganisationKind.ASSOCIATION,
    "company_group": OrganisationKind.COMPANY,
    "company": OrganisationKind.COMPANY,
    "affiliated_association": OrganisationKind.AFFILIATED,
    "other_association": OrganisationKind.AFFILIATED,
    "partner_government": OrganisationKind.PARTNER,
    "sector_partner": OrganisationKind.OTHER,
    "planning_bureau": OrganisationKind.PLANNING_BUREAU,
    "knowledge_partner": OrganisationKind.KNOWLEDGE,
    "advisory_council": OrganisationKind.OTHER,
}
DECIDING = {
    BodyKind.GENERAL_ASSEMBLY: Deciding.WEIGHTED_VOTE,
    BodyKind.BOARD: Deciding.MAJORITY,
    BodyKind.STANDING_COMMITTEE: Deciding.CONSENSUS,
    BodyKind.ADVISORY_COMMITTEE: Deciding.ADVICE,
    BodyKind.EXPERTISE_TEAM: Deciding.ADVICE,
}


@dataclass
class Tables:
    """The bodies of the story by key, and the organisations that some of them are."""

    bodies: dict[str, Body] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)


def plan_tables(scribe: Scribe, places: Places) -> Tables:
    """Every body that existed in 2017 according to the report; then the fictional ones."""
    tables = Tables()
    for row in files.bodies():
        if row.exists_2017 and row.body_id not in TEMPORARY:
            scribe.plan(BEGIN, "bodies", partial(_from_report, scribe, places, tables, row))
    by_key = {row.body_id: row for row in files.bodies()}
    for passing in (*PASSING, *TEMPORARY.values()):
        reported = by_key.get(passing.key)
        scribe.plan(
            passing.told or passing.start,
            "bodies",
            partial(_passing, scribe, places, tables, passing, reported),
        )
        for day, until, decision, reason in passing.prolonged:
            step = partial(_prolong, scribe, tables, passing.key, until, decision, reason)
            scribe.plan(day, "bodies", step)
        ministries = reported.ministries if reported is not None else passing.ministries
        if "LNV" in ministries and passing.start < SWORN_IN < passing.until:
            step = partial(_cover_new, scribe, places, tables, passing)
            scribe.plan(SWORN_IN, "bodies", step)
        if passing.ended_early is not None:
            end = partial(_end, scribe, tables, passing.key, passing.ended_early)
            scribe.plan(passing.ended_early, "bodies", end)
    return tables


def _from_report(scribe: Scribe, places: Places, tables: Tables, row: BodyRow) -> None:
    organisation = None
    if row.kind in ORGANISATION_KINDS:
        organisation = scribe.tell(
            add_organisation,
            key=row.body_id,
            kind=ORGANISATION_KINDS[row.kind],
            name=row.name_nl,
            name_en=row.name_en,
            valid_from=date(1912, 2, 28) if row.body_id == "vng" else None,
            source=row.report_ref,
            certainty="stated",
        )
        tables.organisations[row.body_id] = organisation
    kind = KINDS[row.kind]
    tables.bodies[row.body_id] = scribe.tell(
        set_up_body,
        key=row.body_id,
        kind=kind,
        name=row.name_nl,
        name_en=row.name_en,
        valid_from=date(1912, 2, 28) if row.body_id == "vng" else None,
        parent=tables.bodies.get(row.parent_id or ""),
        purpose=PURPOSES.get(row.body_id, ("", ""))[0],
        purpose_en=PURPOSES.get(row.body_id, ("", ""))[1],
        deciding=DECIDING.get(kind, Deciding.UNKNOWN),
        organisation=organisation,
        member_count={"p10": 18, "g32": 38}.get(row.body_id),
        our_role=OurRole.PARTICIPATES if kind == BodyKind.MUNICIPAL_NETWORK else OurRole.NOT_SET,
        intensity=Intensity.HIGH if row.body_id in ("g4", "g32") else Intensity.NOT_SET,
        support="VNG-bureau" if kind in DECIDING else "",
        source=row.report_ref,
        certainty="stated",
    )
    _cover(scribe, places, tables, row.body_id, row.ministries, None, None)
    _goals(scribe, tables, row.body_id, BEGIN)


def _cover(
    scribe: Scribe,
    places: Places,
    tables: Tables,
    key: str,
    ministries: tuple[str, ...],
    start: date | None,
    until: date | None,
) -> None:
    body = tables.bodies[key]
    period = {"valid_from": start, "valid_until": until, "source": REPORT}
    for abbreviation in ministries:
        ministry = places.ministries.get(abbreviation)
        if ministry is not None:
            scribe.tell(cover, body=body, kind=CoverKind.MINISTRY, ministry=ministry, **period)
    for label in FIELDS.get(key, ()):
        scribe.tell(cover, body=body, kind=CoverKind.TASK_FIELD, label=label, **period)


def _cover_new(scribe: Scribe, places: Places, tables: Tables, passing: Passing) -> None:
    scribe.tell(
        cover,
        body=tables.bodies[passing.key],
        kind=CoverKind.MINISTRY,
        ministry=places.ministries["LNV"],
        valid_from=SWORN_IN,
        valid_until=passing.until,
        source=REPORT,
    )


def _goals(scribe: Scribe, tables: Tables, key: str, start: date) -> None:
    for goal in GOALS.get(key, ()):
        scribe.tell(
            add_goal,
            body=tables.bodies[key],
            text=goal.text,
            measure=goal.measure,
            due_on=goal.due_on,
            state=goal.state,
            valid_from=max(start, goal.start or start),
            source=FICTION,
            certainty="fictional",
        )


def _passing(
    scribe: Scribe, places: Places, tables: Tables, passing: Passing, row: BodyRow | None
) -> None:
    tables.bodies[passing.key] = scribe.tell(
        set_up_body,
        key=passing.key,
        kind=passing.kind,
        name=passing.name,
        name_en=passing.name_en,
        purpose=passing.purpose,
        purpose_en=passing.purpose_en,
        valid_from=passing.start,
        valid_until=passing.until,
        is_temporary=True,
        review_on=passing.review_on,
        decision=passing.decision,
        after_end=passing.after_end,
        parent=tables.bodies.get(passing.parent),
        support=passing.support,
        deciding=DECIDING.get(passing.kind, Deciding.UNKNOWN),
        source=FICTION if row is None else f"{row.report_ref}; periode verzonnen",
        certainty="fictional",
    )
    ministries = row.ministries if row is not None else passing.ministries
    _cover(scribe, places, tables, passing.key, ministries, passing.start, passing.until)
    _goals(scribe, tables, passing.key, passing.start)


def _prolong(
    scribe: Scribe, tables: Tables, key: str, until: date, decision: str, reason: str
) -> None:
    term = BodyTerm.objects.filter(body=tables.bodies[key]).known(None).get()
    scribe.tell(prolong_body, term=term, until=until, decision=decision, reason=reason)


def _end(scribe: Scribe, tables: Tables, key: str, day: date) -> None:
    scribe.tell(end_body, body=tables.bodies[key], day=day, reason="Het doel is bereikt.")

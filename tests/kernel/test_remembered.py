"""SQL that is made once says the same as the query that it was made of."""

from typing import Any

import pytest

from verband.kernel.audit import AuditLine
from verband.kernel.remembered import Compiled, Together, insert
from world import NOW

pytestmark = pytest.mark.django_db

LINES = Compiled(
    lambda use_case, least: AuditLine.objects.filter(
        use_case=use_case, pk__gte=least, actor="it's %"
    ).order_by("pk"),
    use_case=str,
    least=int,
)


def line(**values: Any) -> AuditLine:
    """A line that is not written yet."""
    given = {"at": NOW, "use_case": "tests.it", "actor": "it's %", "actor_label": "é", **values}
    return AuditLine(details={"a": ["'", 1]}, salt=b"\x00'", subjects=["a:1", 'b,"'], **given)


@pytest.fixture(params=[True, False], ids=["planned before", "sent whole"])
def _prepare(request: pytest.FixtureRequest, settings: Any) -> None:
    settings.VERBAND_PREPARE = request.param


@pytest.mark.usefixtures("_prepare")
def test_a_row_that_is_written_with_planned_sql_reads_back_as_one_that_was_saved() -> None:
    written, saved = line(record={"b": None}), line(record={"b": None})
    insert(written)
    saved.save()

    columns = [column.attname for column in AuditLine._meta.concrete_fields if column.name != "id"]
    rows = AuditLine.objects.filter(pk__in=[written.pk, saved.pk]).values(*columns)

    assert written.pk != saved.pk
    assert [dict(row) | {"salt": bytes(row["salt"])} for row in rows] == [
        {name: getattr(saved, name) for name in columns}
    ] * 2


@pytest.mark.usefixtures("_prepare")
def test_a_planned_query_finds_what_the_query_finds_also_the_tenth_time() -> None:
    first, second, other = line(record={}), line(record={}), line(record={}, use_case="tests.other")
    for one in (first, second, other):
        insert(one)

    for _time in range(10):
        found = LINES.objects(AuditLine, use_case="tests.it", least=first.pk)
        assert [one.pk for one in found] == [first.pk, second.pk]
    assert found[0].details == first.details
    assert [one.pk for one in LINES.objects(AuditLine, use_case="tests.other", least=0)] == [
        other.pk
    ]


@pytest.mark.usefixtures("_prepare")
def test_queries_that_are_asked_together_are_one_row() -> None:
    one = line(record={})
    insert(one)
    keys = Compiled(
        lambda use_case: AuditLine.objects.filter(use_case=use_case).values_list("pk"),
        use_case=str,
    )
    both = Together(
        "SELECT ARRAY({mine}), (SELECT count(*) FROM ({lines}) t)",
        before="SELECT set_config('verband.test', %s, true); ",
        mine=keys,
        lines=LINES,
    )

    assert both.row("x", use_case="tests.it", least=0) == ([one.pk], 1)

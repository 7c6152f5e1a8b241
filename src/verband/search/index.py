"""Keep the entries in step with the register: each line after its commit, all once a minute.

The audit lines say exactly which rows were written and closed; ``sync`` looks at the lines since
the last time, and again at the last thousand, because a line with a lower number may be committed
later. Doing it twice changes nothing, so several processes may do it and a killed one harms none.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db import connection, transaction

from verband.kernel.audit import AuditLine
from verband.kernel.two_times import TwoTimesModel, TwoTimesQuerySet
from verband.search.entries import SOURCES, entries_of
from verband.search.models import Entry, Progress, Trigram, Word
from verband.search.words import trigrams

AGAIN = 1_000  # lines looked at once more
BATCH = 500  # lines in one transaction
AT_ONCE = 2_000  # facts read at once: a file of ten thousand members is one line
LOCK = 7_301_100  # any number that no other advisory lock of ours uses
MODELS = {model._meta.db_table: model for model in SOURCES}


def sync() -> int:
    """Take in what the register wrote since the last time; returns the number of lines seen."""
    seen = 0
    while True:
        with transaction.atomic():
            _lock()
            progress, _ = Progress.objects.get_or_create(pk=1)
            first = progress.line + 1 if seen else max(progress.line + 1 - AGAIN, 0)
            lines = list(AuditLine.objects.filter(pk__gte=first).order_by("pk")[: BATCH + AGAIN])
            if lines:
                _take_in(lines)
                progress.line = max(progress.line, lines[-1].pk)
                progress.save()
        seen += len(lines)
        if len(lines) < BATCH + AGAIN:
            return seen


def take_in_line(line: int) -> None:
    """Take in what one use case wrote, right after its commit."""
    with transaction.atomic():
        _take_in(AuditLine.objects.filter(pk=line))


def rebuild() -> int:
    """Throw the entries away and make them anew."""
    with transaction.atomic():
        _lock()
        Entry.objects.all().delete()
        Word.objects.all().delete()
        Progress.objects.all().delete()
    return sync()


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def _take_in(lines: Iterable[AuditLine]) -> None:
    written: dict[str, set[int]] = defaultdict(set)
    for line in lines:
        for table, pk, *_ in line.record["rows"]:
            if table in MODELS:
                written[table].add(pk)
    for table, ids in sorted(written.items()):
        ordered = sorted(ids)
        for first in range(0, len(ordered), AT_ONCE):
            _index(MODELS[table], ordered[first : first + AT_ONCE])


def _index(model: type[TwoTimesModel], ids: list[int]) -> None:
    """Make the entries that are missing, and close those whose fact was closed."""
    table = model._meta.db_table
    facts = list(TwoTimesQuerySet(model).filter(pk__in=ids).order_by("pk"))
    known = {entry.fact: entry for entry in Entry.objects.filter(fact_table=table, fact__in=ids)}
    closed = []
    for fact in facts:
        entry = known.get(fact.pk)
        if entry is not None and entry.recorded_until != fact.recorded_until:
            entry.recorded_until = fact.recorded_until
            closed.append(entry)
    Entry.objects.bulk_update(closed, ["recorded_until"], batch_size=500)
    made = entries_of(model, [fact for fact in facts if fact.pk not in known])
    Entry.objects.bulk_create(made, batch_size=1_000, ignore_conflicts=True)
    _learn({word for entry in made for word in f"{entry.names} {entry.texts}".split()})


def _learn(words: set[str]) -> None:
    new = {word[:60] for word in words if len(word) > 2}
    new -= set(Word.objects.filter(pk__in=new).values_list("pk", flat=True))
    Word.objects.bulk_create(
        [Word(word=word) for word in sorted(new)], batch_size=1_000, ignore_conflicts=True
    )
    Trigram.objects.bulk_create(
        [Trigram(trigram=part, word_id=word) for word in sorted(new) for part in trigrams(word)],
        batch_size=5_000,
        ignore_conflicts=True,
    )

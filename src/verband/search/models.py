"""Rows derived from the register for search. They can be thrown away and made anew."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from verband.kernel.two_times import TwoTimesQuerySet


class EntryKind(models.TextChoices):
    """What a search finds."""

    ORGANISATION = "organisation", _("organisations")
    BODY = "body", _("bodies and networks")
    PERSON = "person", _("people by function")


class Entry(models.Model):
    """What one fact contributes to finding one thing, with the two times of that fact."""

    kind = models.CharField(max_length=12, choices=EntryKind.choices)
    thing = models.BigIntegerField()
    fact_table = models.CharField(max_length=60)
    fact = models.BigIntegerField()
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    recorded_from = models.DateTimeField()
    recorded_until = models.DateTimeField(null=True)
    names = models.TextField()
    texts = models.TextField(blank=True)
    parts = models.TextField(blank=True)
    vector = models.GeneratedField(
        expression=SearchVector("names", config="simple", weight="A")
        + SearchVector("names", config="dutch", weight="B")
        + SearchVector("texts", config="dutch", weight="C")
        + SearchVector("texts", config="simple", weight="C")
        + SearchVector("parts", config="simple", weight="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = TwoTimesQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact_table", "fact"], name="search_entry_once"),
        ]
        indexes = [
            GinIndex(fields=["vector"], name="search_entry_vector"),
            models.Index(fields=["kind", "thing"], name="search_entry_thing"),
        ]

    def __str__(self) -> str:
        return self.names


class Word(models.Model):
    """A word that occurs in the register."""

    word = models.CharField(max_length=60, primary_key=True, db_collation="C")

    def __str__(self) -> str:
        return self.word


class Trigram(models.Model):
    """Three letters of a word, to find words that are spelled almost so."""

    trigram = models.CharField(max_length=3)
    word = models.ForeignKey(Word, on_delete=models.CASCADE, related_name="trigrams")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["trigram", "word"], name="search_trigram_once"),
        ]

    def __str__(self) -> str:
        return f"{self.trigram} {self.word_id}"


class Progress(models.Model):
    """The last audit line that was looked at: one row."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    line = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.line)

"""Judged pairs: matters as members raise them, and the same matter told by another member.

Written for this project. In ``judged.csv`` a line that says ``same`` is one matter told twice (the
last eight in quite other words), a line that says ``different`` is two matters in much the same
words. Any two texts that are not one line of the first kind are judged not to be duplicates. The
sample is small and made at a desk: tune again when people have judged pairs of their own.
"""

import csv
from pathlib import Path

with (Path(__file__).parent / "judged.csv").open(encoding="utf-8", newline="") as file:
    LINES = list(csv.DictReader(file))
MATTERS = [(line["one"], line["other"]) for line in LINES if line["judgement"] == "same"]
NEAR = [(line["one"], line["other"]) for line in LINES if line["judgement"] == "different"]

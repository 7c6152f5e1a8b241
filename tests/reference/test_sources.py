"""Sources are cited in the language of the record, and say the same as the keys of the data."""

import re

from verband.reference import files

ENGLISH = re.compile(r"\b(annex|rec\.|note \d|members|the|list|news|report|accession|date)\b")


def test_every_source_of_the_data_is_cited_in_dutch() -> None:
    cited = {row.report_ref for row in files.bodies()}
    cited |= {row.source for row in files.network_members()}
    cited |= {source for row in files.municipality_changes() for source in row.sources}

    assert len(cited) > 50
    assert [words for words in sorted(cited) if ENGLISH.search(words)] == []


def test_the_place_in_the_report_stays_the_same() -> None:
    by_key = {row.body_id: row.report_ref for row in files.bodies()}

    assert by_key["vng"] == "De Vierde Dimensie (2017), bijlage 6, paragraaf 1"
    assert by_key["alv"] == (
        "De Vierde Dimensie (2017), paragraaf 1.2; bijlage 6, paragraaf 1; aanbeveling 18"
    )

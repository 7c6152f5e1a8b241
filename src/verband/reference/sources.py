"""The sources of the data in plain Dutch: the record of the association is its own.

The files keep short keys in English (``data/SOURCES.md`` says in full what each stands for).
"""

import re

REPORT = "De Vierde Dimensie (2017)"
LISTS = {
    "CBS-woonplaatsen": "CBS, woonplaatsen in Nederland 2011–2017",
    "RvIG-T33": "RvIG, landelijke tabel 33 (gemeenten)",
    "VNG-grenswijzigen": "VNG, grenswijzigingen",
    "VNG-2018": "VNG, gemeenten in 2018",
    "CBS-year-lists": "CBS, gemeenten per jaar",
    "CBS-2019": "CBS, bericht van december 2018",
    "ND-2022": "Nederlands Dagblad, december 2021",
    "middelgrotegemeenten.nl (61 members, April 2023)": (
        "middelgrotegemeenten.nl, april 2023 (61 leden)"
    ),
    "regioinbedrijf.nl 2014 (Roosendaal joins G32; names the other members); "
    "fy.wikipedia.org (accession dates)": (
        "regioinbedrijf.nl, 2014 (Roosendaal wordt lid; noemt de andere leden);"
        " fy.wikipedia.org (dagen van toetreding)"
    ),
    "platform31.nl 2017-02 (present at the PMG meet-ups of 16 February 2017)": (
        "platform31.nl, februari 2017 (aanwezig bij de PMG op 16 februari 2017)"
    ),
    "p-10.nl 2016-12 (fifteen members named)": "p-10.nl, december 2016 (noemt vijftien leden)",
    "p-10.nl 2016-12": "p-10.nl, december 2016",
    "p-10.nl 2017-06 (sixteen members)": "p-10.nl, juni 2017 (zestien leden)",
    "report annex 6 (four large cities); ede.nieuws.nl 2018-02 names the four": (
        f"{REPORT}, bijlage 6 (vier grote steden); ede.nieuws.nl, februari 2018 (noemt de vier)"
    ),
    "g32.nl news; ede.nieuws.nl 2018-02 (G32 renamed G40)": (
        "g32.nl, nieuws; ede.nieuws.nl, februari 2018 (G32 heet voortaan G40)"
    ),
    "fy.wikipedia.org (G40 list); the 2014 list is cut off before Zwolle in the stored excerpt": (
        "fy.wikipedia.org (lijst van de G40); de lijst van 2014 is niet volledig bewaard"
    ),
    "regioinbedrijf.nl (36th member); fy.wikipedia.org (date)": (
        "regioinbedrijf.nl (36e lid); fy.wikipedia.org (dag)"
    ),
    "netwerkwiki.nl (37 members); fy.wikipedia.org (date)": (
        "netwerkwiki.nl (37 leden); fy.wikipedia.org (dag)"
    ),
    "fy.wikipedia.org (date); makes 38, the count in the report and in rtvdrenthe.nl 2017-11": (
        f"fy.wikipedia.org (dag); het 38e lid, zoals in {REPORT} en rtvdrenthe.nl, november 2017"
    ),
    "report annex 3 (mayor of Zeist chairs PMG)": (
        f"{REPORT}, bijlage 3 (de burgemeester van Zeist is voorzitter van de PMG)"
    ),
    "report annex 3 (mayor of Waalwijk is PMG board member); platform31.nl 2017-02": (
        f"{REPORT}, bijlage 3 (de burgemeester van Waalwijk zit in het bestuur van de PMG);"
        " platform31.nl, februari 2017"
    ),
}
PARTS = {
    "rec.": ("aanbeveling", "aanbevelingen"),
    "annex": ("bijlage", "bijlagen"),
    "par.": ("paragraaf", "paragrafen"),
    "note": ("noot", "noten"),
    "": ("paragraaf", "paragrafen"),
}
NUMBERS = r"\d+(?:\.\d+)?[a-z]?"
PART = re.compile(rf"(?:(rec\.|annex|par\.|note) )?({NUMBERS}(?:, {NUMBERS})*)")


def in_dutch(key: str) -> str:
    """What a source key of a data file stands for.

    Raises:
        KeyError: no data file has this key.
    """
    return LISTS[key]


def in_report(reference: str) -> str:
    """A place in the report, as a Dutch reader cites it.

    >>> in_report("annex 6 par. 1")
    'De Vierde Dimensie (2017), bijlage 6, paragraaf 1'
    >>> in_report("2.5 rec. 13a; 13b")
    'De Vierde Dimensie (2017), paragraaf 2.5, aanbeveling 13a; aanbeveling 13b'
    >>> in_report("rec. 8, 9, 10, 17")
    'De Vierde Dimensie (2017), aanbevelingen 8, 9, 10 en 17'
    """
    return f"{REPORT}, {'; '.join(_cited(part) for part in reference.split('; '))}"


def _cited(reference: str) -> str:
    if re.fullmatch(r"\d+[a-z]", reference):  # a second recommendation beside the one before it
        reference = f"rec. {reference}"
    words = PART.sub(_part, reference)
    return re.sub(r"(?<=[\da-z]) (?=aanbeveling|bijlage|paragraaf|noot)", ", ", words)


def _part(found: re.Match[str]) -> str:
    numbers = found[2].split(", ")
    one, more = PARTS[found[1] or ""]
    if len(numbers) == 1:
        return f"{one} {numbers[0]}"
    return f"{more} {', '.join(numbers[:-1])} en {numbers[-1]}"

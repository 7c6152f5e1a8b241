"""What the interface gives, for machines: a catalogue of data sets (DCAT) and a JSON-LD context."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from verband.integrations.uris import address

FORMS = {
    "json": ("application/json", "JSON"),
    "csv": ("text/csv", "CSV"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "XLSX"),
}
MEDIA = "https://www.iana.org/assignments/media-types/"
CONTEXT = {
    "@context": {
        "@version": 1.1,
        "org": "http://www.w3.org/ns/org#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "schema": "https://schema.org/",
        "dct": "http://purl.org/dc/terms/",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
        "key": "org:identifier",
        "kind": "org:classification",
        "name": "skos:prefLabel",
        "nameEn": {"@id": "skos:prefLabel", "@language": "en"},
        "abbreviation": "skos:altLabel",
        "purpose": "org:purpose",
        "source": "dct:source",
        "validFrom": {"@id": "schema:validFrom", "@type": "xsd:date"},
        "validUntil": {"@id": "schema:validThrough", "@type": "xsd:date"},
        "uri": {"@id": "schema:sameAs", "@type": "@id"},
        "inhabitants": None,
        "_links": None,
    }
}


def catalogue(resources: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The catalogue: for each list (name, title) its data set in three forms, and Popolo."""
    datasets = [_dataset(name, gettext(title)) for name, title in resources]
    popolo = {
        **_about("popolo", "Popolo"),
        "dcat:distribution": [_distribution("/popolo.json", "application/json", "Popolo")],
    }
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
        },
        "@id": address("/catalog.jsonld"),
        "@type": "dcat:Catalog",
        "dct:title": gettext("Open data of the register"),
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/NLD"},
        "dct:publisher": {"@id": settings.VERBAND_BASE_URL, "@type": "foaf:Agent"},
        **_licence(),
        "dcat:dataset": [*datasets, popolo],
        "dcat:service": {
            "@id": address(),
            "@type": "dcat:DataService",
            "dcat:endpointURL": {"@id": address()},
            "dcat:endpointDescription": {"@id": address("/openapi.json")},
        },
    }


def _dataset(name: str, title: str) -> dict[str, Any]:
    given = [
        _distribution(f"/{name}" + ("" if kind == "json" else f"?format={kind}"), media, label)
        for kind, (media, label) in FORMS.items()
    ]
    return {**_about(name, title), "dcat:distribution": given}


def _about(name: str, title: str) -> dict[str, Any]:
    return {
        "@id": address(f"/catalog.jsonld#{name}"),
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": title,
        **_licence(),
    }


def _licence() -> dict[str, Any]:
    return {"dct:license": {"@id": settings.VERBAND_DATA_LICENCE}}


def _distribution(path: str, media: str, label: str) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": label,
        "dcat:accessURL": {"@id": address(path)},
        "dcat:mediaType": {"@id": MEDIA + media},
        **_licence(),
    }

"""Which statements look like a new one: a warning to whoever writes it, nothing more."""

from collections.abc import Iterable

from verband.consultations.queries.statements import Put
from verband.core.errors import DomainError
from verband.core.matching.documents import Document
from verband.core.matching.index import Collection
from verband.core.matching.likeness import likeness

MOST = 3
# Of two short sentences; lower than where a search warns, because showing too much costs a glance.
ALIKE = 0.45


def alike(text: str, puts: Iterable[Put], most: int = MOST) -> list[Put]:
    """The statements that look most like a text, the most alike first. No query."""
    known = {str(one.statement.pk): one for one in puts}
    documents = [Document(pk, title=one.statement.text) for pk, one in known.items()]
    try:
        hits = likeness(Collection(documents), Document("", title=text), most=most)
    except DomainError:
        return []  # nothing to compare, or no word that carries meaning
    return [known[hit.document.id] for hit in hits if hit.cosine >= ALIKE]

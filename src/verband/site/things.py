"""Things by the name that an address or an audit line gives them: ``members_organisation:12``."""

from django.apps import apps
from django.http import Http404

from verband.kernel.two_times import ThingModel

LARGEST = 2**63 - 1  # of a key in the database


def things() -> dict[str, type[ThingModel]]:
    """Every kind of thing by the name of its table."""
    return {
        model._meta.db_table: model for model in apps.get_models() if issubclass(model, ThingModel)
    }


def thing_or_404(table: str, pk: int) -> ThingModel:
    """The thing.

    Raises:
        Http404: there is no such kind, or no such thing.
    """
    model = things().get(table)
    found: ThingModel | None = None
    if model is not None and 0 < pk <= LARGEST:
        found = model._default_manager.filter(pk=pk).first()
    if found is None:
        raise Http404(table)
    return found


def thing_asked(text: str) -> ThingModel | None:
    """The thing of ``?thing=table:number``; ``None`` when none is asked for.

    Raises:
        Http404: there is no such thing.
    """
    if not text:
        return None
    table, _sep, pk = text.partition(":")
    if not (pk.isascii() and pk.isdigit() and len(pk) < 20):
        raise Http404(text)
    return thing_or_404(table, int(pk))

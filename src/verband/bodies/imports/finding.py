"""What a cell names: an organisation, a person or a body, by key, code or name."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from verband.bodies.models import Body, BodyFact
from verband.members.models import Organisation, OrganisationFact
from verband.people.models import Person, PersonFact

SUGGESTED = 25  # comparing with thousands of names is slow; the first errors show the pattern
ThingT = TypeVar("ThingT")


class Unknown(Exception):
    """Nothing, or more than one thing, has this name; ``problem`` and ``remedy`` say which."""

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem, self.remedy = problem, remedy


class Finder(Generic[ThingT]):
    """Things by what people call them. A key or code goes before a name."""

    def __init__(
        self, keys: Iterable[tuple[str, ThingT]], names: Iterable[tuple[str, ThingT]] = ()
    ) -> None:
        self._keys = {key.casefold(): thing for key, thing in keys if key}
        self._names: dict[str, dict[Any, ThingT]] = defaultdict(dict)
        self._shown: dict[str, str] = {}
        for name, thing in names:
            if name:
                self._names[name.casefold()][getattr(thing, "pk", None)] = thing
                self._shown[name.casefold()] = name
        self._called = {pk: name for name in self._names for pk in self._names[name]}
        self._suggested = 0

    def called(self, thing: Any) -> str:
        """The name of a thing, else its key."""
        return self._shown.get(self._called.get(thing.pk, ""), str(thing))

    def by_key(self, text: str) -> ThingT | None:
        """The thing with this key or code; a code of digits only is a municipality's."""
        found = self._keys.get(text.casefold())
        if found is None and text.isascii() and text.isdigit():
            found = self._keys.get(f"gm{text.zfill(4)}")
        return found

    def find(self, text: str) -> ThingT:
        """The thing with this key, code or name.

        Raises:
            Unknown: nothing has it, or several have.
        """
        found = self.by_key(text)
        if found is not None:
            return found
        named = self._names.get(text.casefold(), {})
        if len(named) == 1:
            return next(iter(named.values()))
        if named:
            problem = _("Several have the name “%(text)s”.") % {"text": text}
            raise Unknown(problem, _("Use the code or key."))
        raise Unknown(_("“%(text)s” is not in the register.") % {"text": text}, self._nearest(text))

    def _nearest(self, text: str) -> str:
        self._suggested += 1
        if self._suggested <= SUGGESTED:
            near = get_close_matches(text.casefold(), [*self._shown, *self._keys], 1, 0.6)
            if near:
                name = self._shown.get(near[0], near[0])
                return _("Did you mean “%(name)s”? Else enter it in the register first.") % {
                    "name": name
                }
        return _("Check the spelling, or enter it in the register first.")


def organisations(kind: str = "") -> Finder[Organisation]:
    """Every organisation, or those of one kind. Two queries."""
    things: Any = Organisation.objects.all()
    things = things.filter(kind=kind) if kind else things
    found = {thing.pk: thing for thing in things}
    names: Any = OrganisationFact.objects.known(None).values_list("organisation_id", "name")
    return Finder(
        [(key, t) for t in found.values() for key in (t.code, t.key)],
        [(name, found[pk]) for pk, name in names if pk in found],
    )


def people() -> Finder[Person]:
    """Everybody, by key or name. Two queries."""
    found = {thing.pk: thing for thing in Person.objects.all()}
    names: Any = PersonFact.objects.known(None).exclude(name="").values_list("person_id", "name")
    return Finder(
        [(thing.key, thing) for thing in found.values()],
        [(name, found[pk]) for pk, name in names],
    )


def bodies() -> Finder[Body]:
    """Every body, by key or name in either language. Two queries."""
    found = {thing.pk: thing for thing in Body.objects.all()}
    facts: Any = BodyFact.objects.known(None).values_list("body_id", "name", "name_en")
    return Finder(
        [(thing.key, thing) for thing in found.values()],
        [(name, found[pk]) for pk, *both in facts for name in both if name],
    )

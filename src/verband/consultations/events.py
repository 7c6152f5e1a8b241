"""What is announced about who votes, after the commit; whoever hears cannot refuse."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VoterNamed:
    """A member named somebody; ``replaced`` are the namings that ended with it."""

    designation: int
    replaced: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class VoterRevoked:
    """A member revoked a naming; ``designation`` is the row that was closed."""

    designation: int


@dataclass(frozen=True, slots=True)
class ProxyGiven:
    """A member lets another vote for it."""

    proxy: int


@dataclass(frozen=True, slots=True)
class ProxyRevoked:
    """A member took its vote back."""

    proxy: int

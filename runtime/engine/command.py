"""What a person (or the clock, or an administrator) wants done to a case. Imperative; may be refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Submit:
    """Send a draft, a withdrawn case or a returned one on its way (again)."""

    actor: str


@dataclass(frozen=True, slots=True)
class Complete:
    """Finish a `fill` task."""

    actor: str


@dataclass(frozen=True, slots=True)
class Approve:
    """Say yes."""

    actor: str


@dataclass(frozen=True, slots=True)
class Reject:
    """Say no; a verdict, shown only where `on_reject` leads somewhere."""

    actor: str


@dataclass(frozen=True, slots=True)
class Return:
    """Send the work back for correction; one person's power, never a vote."""

    actor: str
    #: Node to go back to, `start` for the initiator.
    to: str


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Take one's own submission back."""

    actor: str


@dataclass(frozen=True, slots=True)
class Claim:
    """Take a visit that several could handle."""

    actor: str


@dataclass(frozen=True, slots=True)
class Release:
    """Give a claimed visit back."""

    actor: str


@dataclass(frozen=True, slots=True)
class Terminate:
    """End a case from outside: an administrator, or the case that started it."""

    actor: str


Command = Submit | Complete | Approve | Reject | Return | Withdraw | Claim | Release | Terminate

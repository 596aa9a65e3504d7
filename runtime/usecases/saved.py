"""What saving or deleting a record is answered with, and answered again if it comes twice."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Saved:
    """The result of a change of a record."""

    #: `pack/table`.
    entity: str
    record_id: int
    rev: int
    #: One sentence for the person who acted.
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return the form kept for a repetition."""
        return asdict(self)


def saved_of(answer: Mapping[str, Any]) -> Saved:
    """Return the result that was kept."""
    return Saved(**answer)

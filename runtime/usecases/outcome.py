"""What an acting request is answered with, and answered again if it comes twice."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of an action on a case; a repeated request with the same token gets the same."""

    case_id: int
    #: What was done: `draft`, `submit`, `approve` …
    done: str
    #: One sentence for the person who acted.
    message: str

    def as_json(self) -> dict[str, Any]:
        """Return the form kept with the event."""
        return {"case_id": self.case_id, "done": self.done, "message": self.message}


def outcome_of(answer: dict[str, Any]) -> Outcome:
    """Return the outcome kept with an event."""
    return Outcome(**answer)

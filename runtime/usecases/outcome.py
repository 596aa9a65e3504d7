"""What an acting request is answered with, and answered again if it comes twice."""

from dataclasses import dataclass
from typing import Any

from runtime.language.speech import _


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


def message_of(do: str) -> str:
    """Return what the person who acted reads."""
    match do:
        case "approve":
            return _("已同意。")
        case "reject":
            return _("已表示不同意。")
        case "return":
            return _("已退回。")
        case "claim":
            return _("已领取，由您办理。")
        case "release":
            return _("已放回，其他人可以领取。")
    return _("已提交。")

"""What can be wrong with a walk-through itself, and whether it can be played at all."""

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo
from typing import Any

from runtime.language.app import App, Walkthrough
from runtime.language.speech import _
from runtime.running.context import Clock


class WrongScript(Exception):
    """The walk-through names something that is not there, or asks for what no step can do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def clock_at(text: Any, *, zone: tzinfo) -> Clock:
    """Return the clock at a local time, to the minute or second.

    :raises WrongScript: if the text is no such time.
    """
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise WrongScript(_("时间应写作 2026-11-20T09:00，实为 %(found)s", found=text)) from None
    return Clock(moment.replace(tzinfo=moment.tzinfo or zone), zone)


def why_skipped(app: App, walkthrough: Walkthrough) -> str | None:
    """Return why a walk-through cannot be played yet, None if it can."""
    timed = {rule.code for rule in app.rules if not isinstance(rule.on, str)}
    if any(one.get("rule") in timed for one in _notices(walkthrough)):
        return _("待定时任务")
    return None


def _notices(walkthrough: Walkthrough) -> Iterator[Mapping[str, Any]]:
    for expect in (*(step.get("expect") or {} for step in walkthrough.steps), walkthrough.expect):
        yield from expect.get("notices") or ()

"""From a tracked case to the picture that its page draws."""

from collections.abc import Mapping
from typing import Any

from runtime.language.speech import _
from runtime.running.case_steps import CaseStep
from runtime.usecases.track_case import TrackedCase
from runtime.web.case_page import stay
from runtime.web.clock import clock
from runtime.web.flow_picture import Mark, flow_picture
from runtime.web.sheet import moment


def case_track(found: TrackedCase) -> dict[str, Any]:
    """Return the flow's picture: each node with its state, who acted there and when, or for how long."""
    track = found.track
    marks = {code: Mark(state, _said(track.steps, code, state)) for code, state in track.nodes.items()}
    return flow_picture(found.flow, marks=marks, walked=track.ways)


def _said(steps: Mapping[str, CaseStep], code: str, state: str) -> str:
    step = steps.get(code)
    if step is None or state == "todo":
        return ""
    if state == "active":
        waiting = [one.name for one in step.people if not one.verdict]
        return " ".join((_names(waiting), _("停留 %(time)s", time=stay(step.opened_at, clock().moment))))
    acted = [one for one in step.people if one.verdict and one.at]
    if not acted:
        return _names([one.name for one in step.people])
    last = max(one.at for one in acted if one.at)
    return " ".join((_names([one.name for one in acted]), moment(last)[5:]))


def _names(names: list[str]) -> str:
    if not names:
        return ""
    return names[0] if len(names) == 1 else _("%(name)s 等 %(n)s 人", name=names[0], n=len(names))

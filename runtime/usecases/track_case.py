"""Follow a case on its flow's picture."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.schemas.document import shared
from runtime.language.schemas.flow import FlowSchema
from runtime.running.case_steps import steps
from runtime.running.case_view import view_case
from runtime.running.context import Clock, open_context
from runtime.running.flow_track import Track, track
from runtime.store import case_story
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class TrackedCase:
    """The flow of a case's own release, as its document, and how far the case is in it."""

    flow: Mapping[str, Any]
    track: Track


def track_case(*, session: Session, clock: Clock, actor: int, case_id: int) -> TrackedCase:
    """Return where a case is.

    :raises NotFound: if there is no such case, or the person may not see it.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        view = view_case(context, case_id=case_id)
        flow = view.app.flows[view.head.flow]
        happened = case_story.history(tx, case_id=case_id, directory=context.directory)
        way = steps(happened, flow=flow, directory=context.directory)
        return TrackedCase(shared(FlowSchema).dump(flow.flow), track(happened, way, flow))

"""The seats from which a form can be previewed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.documents import standing
from builder.usecases.open_draft import OpenedDraft
from builder.usecases.preview_form import START, Seat
from runtime.language.speech import _
from runtime.nodes import NODES
from runtime.web.views.common import Choice


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """Where the form is shown from."""

    form: str
    #: Address of the form alone.
    url: str
    #: Flow and node in one, "flow/node".
    seats: tuple[Choice, ...]
    #: Who looks; empty is oneself.
    person: Choice | None


def preview_page(opened: OpenedDraft, form: str, seat: Seat, *, address: str) -> PreviewPage:
    """Return the page for a seat; the seats are the start and the nodes where people work."""
    chosen = f"{seat.flow}/{seat.node}"
    seats = tuple(Choice(value, label, value == chosen) for value, label in _seats(opened, form))
    return PreviewPage(form, address, seats, Choice(seat.person, seat.person) if seat.person else None)


def _seats(opened: OpenedDraft, form: str) -> Iterator[tuple[str, str]]:
    yield f"/{START}", _("全部字段")
    for one in standing(opened.draft.documents, "flow"):
        if one.document.get("form") != form:
            continue
        name = str(one.document.get("name") or one.name)
        start = one.document.get("start")
        first = start.get("name") if isinstance(start, Mapping) else ""
        yield f"{one.name}/{START}", " · ".join((name, str(first or _("发起"))))
        for node in _nodes(one.document):
            code = str(node.get("code") or "")
            yield f"{one.name}/{code}", f"{name} · {node.get('name') or code}"


def _nodes(document: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    nodes = document.get("nodes")
    for one in nodes if isinstance(nodes, list) else ():
        kind = NODES.get(str(one.get("kind"))) if isinstance(one, Mapping) else None
        if kind is not None and kind.human:
            yield one

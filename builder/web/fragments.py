"""Parts of the designer's pages that are drawn anew after every edit, by the name a page asks for.

A page says which part shows it (`{"name": "form", "code": "change", "selected": "amount"}`); the answer to an
edit, an undo or a redo brings that part along, so that a gesture costs one round trip.
"""

from collections.abc import Callable, Mapping
from typing import Any

from builder.usecases.open_draft import OpenedDraft

#: From the draft and what the page said of itself to the file it shows and the HTML of its parts.
Drawing = Callable[[OpenedDraft, Mapping[str, Any]], str]

_DRAWINGS: dict[str, Drawing] = {}


def fragment(name: str) -> Callable[[Drawing], Drawing]:
    """Register what draws the parts of a page."""

    def register(drawing: Drawing) -> Drawing:
        if name in _DRAWINGS:
            raise ValueError(f"the fragment {name} is registered twice")
        _DRAWINGS[name] = drawing
        return drawing

    return register


def drawn(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Return the HTML of the parts that a page asked for; empty if it asked for none."""
    drawing = _DRAWINGS.get(str(view.get("name", "")))
    return drawing(opened, view) if drawing else ""

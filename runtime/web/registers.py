"""Labels that pages say with `_(one.label)`: kept by code in a registry, where nothing can mark them."""

from collections.abc import Iterator

from runtime.actions import ACTIONS
from runtime.assignees import SOURCES
from runtime.fields import FIELDS
from runtime.language.expressions import FUNCTIONS
from runtime.language.expressions.parse import HINTS
from runtime.language.expressions.types import LABELS
from runtime.language.parts import PARTS
from runtime.language.schemas.wrong import standing_messages
from runtime.nodes import NODES
from runtime.running.list_columns import STATES, SYSTEM_COLUMNS
from runtime.running.slots import KINDS
from runtime.store.outbox import INTERRUPTED


def labels() -> Iterator[str]:
    """Yield the labels of everything that the pages of the runtime name by its kind."""
    yield from (one.label for one in NODES)
    yield from (one.label for one in SOURCES)
    yield from KINDS.values()
    yield INTERRUPTED
    yield from (one.label for one in (*FIELDS, *ACTIONS, *PARTS))
    yield FIELDS.name
    for kind in FIELDS:
        yield from (text for one in type(kind).__mro__ for text in vars(one).get("messages", {}).values())
    yield from standing_messages()
    yield from STATES.values()
    yield from (label for label, _type in SYSTEM_COLUMNS.values())
    yield from LABELS.values()
    yield from HINTS.values()
    for function in FUNCTIONS.values():
        yield from (param.label for param in function.params)

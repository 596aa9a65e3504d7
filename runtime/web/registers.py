"""Labels that pages say with `_(one.label)`: kept by code in a registry, where nothing can mark them."""

from collections.abc import Iterator

from runtime.assignees import SOURCES
from runtime.nodes import NODES
from runtime.running.slots import KINDS


def labels() -> Iterator[str]:
    """Yield the labels of everything that the pages of the runtime name by its kind."""
    yield from (one.label for one in NODES)
    yield from (one.label for one in SOURCES)
    yield from KINDS.values()

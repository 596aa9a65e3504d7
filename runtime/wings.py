"""What other packages add to the product, by their entry points."""

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec


def entries(group: str) -> Iterator[EntryPoint]:
    """Yield the entries of a group whose package is there.

    The builder may have been left out of an installation that only runs packs.
    """
    for entry in entry_points(group=group):
        top = entry.module.partition(".")[0]
        if find_spec(top) is not None and find_spec(entry.module) is not None:
            yield entry

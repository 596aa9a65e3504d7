"""Documents of older schemas, brought up to date in numbered steps."""

from collections.abc import Callable, Mapping
from typing import Any

#: What this version writes.
SCHEMA = 1

Documents = Mapping[str, Any]
Step = Callable[[Documents], Documents]

#: `STEPS[n]` takes all documents of a pack, by file, from schema n to n + 1.
STEPS: Mapping[int, Step] = {}


def upgrade(
    documents: Documents, *, schema: int, target: int = SCHEMA, steps: Mapping[int, Step] = STEPS
) -> Documents:
    """Return the documents as schema `target` has them; `schema` is what they were written in."""
    for number in range(schema, target):
        documents = steps[number](documents)
    return documents

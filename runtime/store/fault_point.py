"""Named places at which a test may stop the process dead; in the product they do nothing.

They stand where a crash would hurt most, so that "nothing lost, nothing twice, nothing half" is shown, not
hoped for (tests/faults).
"""

from collections.abc import Callable

#: The case row is locked, nothing is written.
AFTER_LOCK = "after lock"
#: Everything is decided and queued, nothing is committed.
BEFORE_COMMIT = "before commit"
#: It is committed, nobody has been told.
BEFORE_ANSWER = "before answer"
#: A delivery is leased, and not done.
IN_DRAIN = "in drain"

_action: list[Callable[[str], None]] = []


def reach(name: str) -> None:
    """Say that the process is at this place."""
    for act in _action:
        act(name)


def arm(action: Callable[[str], None] | None) -> None:
    """Call `action` with the name of every place reached from now on; None disarms."""
    _action.clear()
    if action is not None:
        _action.append(action)

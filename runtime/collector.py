"""How often Python looks for garbage in cycles: seldom, and never in what was loaded to stay."""

import gc

#: New objects before the young are looked through: an action makes some thousands, and leaves no cycles.
_YOUNG = 50_000


def settle() -> None:
    """Take what is loaded by now as here to stay, and look for garbage once in many actions.

    With Python's own thresholds the collector runs several times in every action and finds nothing: a
    twentieth of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, 20, 50)

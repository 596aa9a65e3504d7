"""Drafts among the installed apps, ready to run: kept while neither changes, since every key stroke asks."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from weakref import WeakKeyDictionary

from builder.edits.loadable import loadable
from builder.store.drafts import Draft
from runtime.packs.world import World

#: Drafts that a process keeps ready, those asked for last.
MOST = 8

#: By the installed apps they stand among: what is published next makes another world.
_KEPT: WeakKeyDictionary[World, OrderedDict[Hashable, World | None]] = WeakKeyDictionary()
_LOCK = Lock()


def drafted(installed: World, draft: Draft) -> World | None:
    """Return the installed apps with the draft in the place of its release; None if it cannot be read.

    It is compiled by whoever asks it for the app first; what the draft says of permissions stands in it too.
    """
    # Of two databases that one process opens, drafts may have the same stamp.
    latest = max((one.at for one in draft.changes.values()), default=None)
    name = (draft.app, draft.stamp, latest)
    with _LOCK:
        kept = _KEPT.setdefault(installed, OrderedDict())
        if name in kept:
            kept.move_to_end(name)
            return kept[name]
    made = _made(installed, draft)
    with _LOCK:
        kept[name] = made
        while len(kept) > MOST:
            kept.popitem(last=False)
    return made


def _made(installed: World, draft: Draft) -> World | None:
    app, _problems = loadable(draft.documents)
    if app is None:
        return None
    apps = {**installed.apps, draft.app: app}
    # Numbers only tell the apps apart; none is a release's.
    return World({name: (-number, one) for number, (name, one) in enumerate(apps.items(), start=1)})

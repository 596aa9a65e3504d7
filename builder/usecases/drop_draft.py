"""Throw a draft away."""

from builder.store import drafts
from builder.usecases.designing import Designer, designer, record
from builder.usecases.open_draft import OpenedDraft, opened
from runtime.language.refusal import Conflict, NotFound
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store.session import Session
from runtime.store.transaction import transaction


def drop_draft(*, session: Session, clock: Clock, actor: int, app: str, seen: str, address: str = "") -> bool:
    """Throw an app's draft away; return whether the app is still there, as released.

    `seen` is the stamp of what the page showed.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no draft.
    :raises Conflict: if somebody has changed it or published since the page was shown; says who.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        drafts.read(tx, app, lock=True)
        found = opened(tx, actor=actor, app=app)
        if not found.draft.begun:
            raise NotFound("no_draft", _("没有未发布的修改。"))
        if found.stamp != seen:
            told = _("%(what)s，没有放弃；请核对最新内容后再决定。", what=_told(found, who))
            raise Conflict("draft_changed", told)
        drafts.drop(tx, app)
        files = list(found.draft.touched)
        record(tx, clock, who, "draft.dropped", app, address=address, files=files)
        return found.draft.base is not None


def _told(found: OpenedDraft, who: Designer) -> str:
    """Return who made the last change, as a clause."""
    last = max(found.draft.changes.values(), key=lambda one: one.at, default=None)
    if last is None or found.is_behind:
        return _("已有新的修改或发布了新版本")
    return _("%(name)s又修改了草稿", name=who.name_of(last.by))

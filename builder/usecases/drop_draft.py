"""Throw a draft away."""

from builder.store import drafts
from builder.usecases.designing import designer, record
from runtime.language.refusal import NotFound
from runtime.running.context import Clock
from runtime.store.session import Session
from runtime.store.transaction import transaction


def drop_draft(*, session: Session, clock: Clock, actor: int, app: str, address: str = "") -> bool:
    """Throw an app's draft away; return whether the app is still there, as released.

    :raises NotFound: if there is no draft.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        found = drafts.read(tx, app, lock=True)
        if found is None or not found.changes:
            raise NotFound("no_draft", "没有未发布的修改。")
        drafts.drop(tx, app)
        record(tx, clock, who, "draft.dropped", app, address=address, files=list(found.touched))
        return found.base is not None

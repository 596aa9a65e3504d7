"""Tell editors of each other."""

from dataclasses import dataclass

from builder.store import draft_presence, drafts
from builder.usecases.designing import designer
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store.session import Session
from runtime.store.transaction import transaction


@dataclass(frozen=True, slots=True)
class Watched:
    """Who else has a document open, and which revision it has by now."""

    others: tuple[str, ...]
    rev: int
    changed_by: str


def watch_draft(*, session: Session, clock: Clock, actor: int, app: str, file: str) -> Watched:
    """Note that somebody has a document open; return who else has it.

    :raises NotFound: if there is no such app.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        if draft is None:
            raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
        others: tuple[int, ...] = ()
        if file in draft.documents:
            others = draft_presence.seen(tx, app, file, person=actor, at=clock.moment)
        changed = draft.changes.get(file)
        return Watched(
            tuple(who.name_of(one) for one in others),
            draft.rev(file),
            who.name_of(changed.by) if changed else "",
        )

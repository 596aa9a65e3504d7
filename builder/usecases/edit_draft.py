"""Change a draft: one edit, one revision; undo and redo are revisions as well."""

from dataclasses import dataclass
from typing import Literal

from builder.edits.documents import changed_files
from builder.edits.edit import Edit
from builder.edits.history import redoable, undoable
from builder.edits.shape import check_shape
from builder.store import draft_edits, drafts
from builder.store.drafts import Draft
from builder.usecases.designing import Designer, designer
from builder.usecases.open_draft import OpenedDraft, opened
from runtime.language.refusal import Conflict, NotFound, Refused
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store.session import Session
from runtime.store.transaction import transaction


class Stale(Conflict):
    """Somebody changed the document since the page was loaded; the page gets the fresh one."""

    def __init__(self, who: str, *, mine: bool, rev: int) -> None:
        super().__init__("stale", _("%(who)s，已显示最新内容；您的这一步没有执行，可以再做一次。", who=who))
        #: Who changed it, as a clause.
        self.who = who
        #: It was the one who asks: in another window, or by a request whose answer was lost.
        self.mine = mine
        #: Revision that the document has by now.
        self.rev = rev


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit, an undo or a redo did, and the draft as it left it."""

    #: Files that it changed.
    files: tuple[str, ...]
    #: What it was, as people read it.
    label: str
    #: Opened at the document that the edit was about.
    opened: OpenedDraft


def edit_draft(
    *, session: Session, clock: Clock, actor: int, app: str, rev: int | None, edit: Edit
) -> Edited:
    """Apply an edit to revision `rev` of its document; None where it only adds, whatever stands there.

    The first edit of an installed app begins its draft, unless it changes nothing.

    :raises Stale: if the document has another revision by now; nothing is changed.
    :raises InvalidAnswers: if the document would be wrong in shape.
    :raises Refused: if the edit cannot be done; the message says why.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        before = held(tx, clock=clock, actor=actor, app=app)
        if rev is not None:
            check_rev(before, edit.file, rev, who)
        edit.refuse(before.released)
        after = edit.apply(before.documents)
        check_shape(after, changed_files(before.documents, after), app=app)
        files = drafts.keep(tx, before, after, label=edit.label, by=actor, at=clock.moment)
        if not files:
            drafts.let_go(tx, before)
        return Edited(files, edit.label, opened(tx, actor=actor, app=app, file=edit.file))


def turn_draft(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    file: str,
    rev: int,
    way: Literal["undo", "redo"],
) -> Edited:
    """Take the last edit of a document back, or make it again.

    :raises Stale: if the document has another revision by now.
    :raises Refused: if there is nothing to do, or something later elsewhere must be undone first.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        before = held(tx, clock=clock, actor=actor, app=app)
        check_rev(before, file, rev, who)
        entries = draft_edits.entries(tx, app)
        step = undoable(entries, file) if way == "undo" else redoable(entries, file)
        if step is None:
            nothing = _("没有可以撤销的修改。") if way == "undo" else _("没有可以重做的修改。")
            raise Refused("nothing_to_turn", nothing)
        if step.blocked:
            raise Refused("blocked", _blocked(step.blocked, undo=way == "undo"))
        label = draft_edits.label_of(tx, step.number)
        files = drafts.turn(tx, before, step.number, undo=way == "undo", by=actor, at=clock.moment)
        return Edited(files, label, opened(tx, actor=actor, app=app, file=file))


def _blocked(file: str, *, undo: bool) -> str:
    if undo:
        return _("这一步还涉及 %(file)s，其中有后来的修改，请先在那里撤销。", file=file)
    return _("这一步还涉及 %(file)s，其中有更早撤销的修改，请先在那里重做。", file=file)


def held(tx: Session, *, clock: Clock, actor: int, app: str) -> Draft:
    """Return an app's draft, begun if need be, and held until the commit.

    :raises NotFound: if there is no such app.
    """
    found = drafts.read(tx, app, lock=True)
    if found is None:
        raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
    while not found.begun:  # somebody may drop it in between
        drafts.begin(tx, app, base=found.base, by=actor, at=clock.moment)
        found = drafts.read(tx, app, lock=True)
        assert found is not None
    return found


def check_rev(draft: Draft, file: str, rev: int, who: Designer) -> None:
    """Refuse what was asked of another revision of a document.

    :raises Stale: with who changed it.
    """
    if draft.rev(file) == rev:
        return
    changed = draft.changes.get(file)
    if changed is None:
        raise Stale(_("原来的草稿已经发布，或者被放弃了"), mine=False, rev=draft.rev(file))
    me = changed.by == who.person.id
    name = who.name_of(changed.by)
    told = _("您在另一个窗口修改了它") if me else _("%(name)s刚刚修改了它", name=name)
    raise Stale(told, mine=me, rev=draft.rev(file))

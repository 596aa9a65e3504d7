"""Make a draft the next release of its app: all of it, or nothing."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from builder.packs.texts import texts_of
from builder.store import drafts
from builder.store.checking import Checked, checked
from builder.store.drafts import Draft
from builder.usecases.designing import Designer, designer, record
from builder.usecases.open_draft import OpenedDraft, opened
from builder.usecases.open_publication import meeting_of
from runtime.language.app import App
from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem, Problems
from runtime.language.refusal import Conflict, InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.packs.read import PackFiles
from runtime.running.context import Clock
from runtime.running.slots import unbound
from runtime.store import publishing
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.snapshot import revisions
from runtime.store.transaction import transaction, with_retry
from runtime.usecases.install_packs import Installed, Options, install_checked

#: Characters of a note.
LONGEST_NOTE = 2_000


def publish_draft(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    seen: str,
    version: str,
    note: str = "",
    bindings: Mapping[str, str] | None = None,
    address: str = "",
) -> Installed:
    """Publish the draft of an app as its next release, drop the draft, and say what that did.

    `seen` is the stamp of what the page showed. `bindings` say by slot which role, department, post or person
    it stands for; a role of the slot's own code is made if there is none.

    :raises Forbidden: if the person may not design apps.
    :raises Conflict: if somebody has changed the draft or published since the page was shown.
    :raises InvalidAnswers: if version, note or a slot is wrong; `$.version`, `$.note`, `$.slot.<code>`.
    :raises Problems: with everything that keeps the draft from being published.
    """

    def publish() -> Installed:
        return _published(session, clock, actor, app, seen, version, note, bindings or {}, address)

    # Tables are changed: a lock that is not to be had in time fails the try.
    return with_retry(publish)


def _published(
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    seen: str,
    version: str,
    note: str,
    bindings: Mapping[str, str],
    address: str,
) -> Installed:
    # Checking takes its time; nobody need wait for it. What it was checked beside is compared under the lock.
    with reading(session) as tx:
        beside = revisions(tx).schema
        check = checked(tx, _with_version(_as_seen(tx, actor, app, seen).draft, version))
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        found = _held(tx, actor=actor, app=app, seen=seen)
        if revisions(tx).schema != beside:
            check = checked(tx, check.draft)
        if check.app is None or check.problems:
            raise Problems(check.problems)
        given = _fitting(check.app, who, bindings, note)
        options = Options(bindings=given, make_roles=True, note=note.strip())
        pack = PackFiles(texts_of(check.draft.documents), check.data)
        done = install_checked(tx, clock=clock, actor=actor, pack=pack, app=check.app, options=options)
        drafts.drop(tx, app)
        record(tx, clock, who, "pack.published", app, address=address, **_told(done, found, check, given))
        return done


def rebase_draft(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    seen: str,
    chosen: Mapping[str, str],
    address: str = "",
) -> tuple[str, ...]:
    """Carry a draft onto the release that somebody published meanwhile; return the files carried.

    `chosen` says for each file that both changed whether it stays as in the draft (`mine`) or is as in the
    release (`theirs`). What was done before cannot be undone any more.

    :raises Conflict: if somebody has changed the draft or published since the page was shown.
    :raises InvalidAnswers: with the files that nobody has chosen for.
    :raises Refused: if nobody published meanwhile.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        found = _held(tx, actor=actor, app=app, seen=seen, behind=True)
        assert found.current is not None
        meeting = meeting_of(tx, found.draft, found.current.id, chosen)
        if meeting is None:
            raise Refused("not_behind", _("没有需要合并的新版本。"))
        if meeting.conflicts:
            told = _("两边都修改过，请选择保留哪一边。")
            raise InvalidAnswers(Problem("not_chosen", f"{file} $", told) for file in meeting.conflicts)
        drafts.rebase(tx, found.draft, meeting.documents, base=found.current.id, by=actor, at=clock.moment)
        decided = {file: side for file, side in chosen.items() if file in found.draft.touched}
        detail = {"release": found.current.number, "chosen": decided}
        record(tx, clock, who, "draft.rebased", app, address=address, **detail)
        return meeting.carried


def _held(tx: Session, *, actor: int, app: str, seen: str, behind: bool = False) -> OpenedDraft:
    """Return the draft as the page showed it; it and all apps stay as they are until the commit."""
    publishing.take_turn(tx)
    drafts.read(tx, app, lock=True)
    return _as_seen(tx, actor, app, seen, behind=behind)


def _as_seen(tx: Session, actor: int, app: str, seen: str, *, behind: bool = False) -> OpenedDraft:
    """Return the draft if it is as the page showed it, and there is something to publish.

    :raises Conflict: if it is not, or it is behind and may not be.
    :raises Refused: if there is nothing to publish.
    """
    found = opened(tx, actor=actor, app=app)
    if found.stamp != seen:
        raise Conflict("draft_changed", _("已有新的修改，请核对最新内容后再发布。"))
    if found.is_behind and not behind:
        raise Conflict("behind", _("您开始修改之后又发布了新版本，请先合并，再发布。"))
    if found.current is not None and not (found.draft.changes or found.draft.data):
        raise Refused("nothing_to_publish", _("没有未发布的修改。"))
    return found


def _with_version(draft: Draft, version: str) -> Draft:
    manifest: dict[str, Any] = {**draft.documents[MANIFEST], "version": version.strip()}
    return replace(draft, documents={**draft.documents, MANIFEST: manifest})


def _fitting(app: App, who: Designer, bindings: Mapping[str, str], note: str) -> dict[str, str]:
    given = {slot.code: bindings[slot.code] for slot in app.manifest.slots if bindings.get(slot.code)}
    problems = [
        Problem(one.code, f"$.slot.{one.path.removeprefix('$.')}", one.message)
        for one in unbound(app, who.directory, given)
    ]
    if len(note) > LONGEST_NOTE:
        told = _("说明最多 %(most)s 个字，现有 %(n)s 个。", most=LONGEST_NOTE, n=len(note))
        problems.append(Problem("too_long", "$.note", told))
    if problems:
        raise InvalidAnswers(problems)
    return given


def _told(done: Installed, found: OpenedDraft, check: Checked, given: Mapping[str, str]) -> dict[str, Any]:
    return {
        "version": done.version,
        "release": done.release,
        "changed": done.changed,
        "files": list(found.draft.touched),
        "made": list(done.made),
        "rows": done.rows,
        "not_converted": len(done.not_converted),
        "left_out": list(map(str, check.left_out)),
        "bindings": dict(given),
    }

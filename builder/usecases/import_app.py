"""Take a zipped pack in as a draft: of a new app, or as an edit of the one it is an upgrade of."""

from typing import BinaryIO

from builder.store import draft_files, drafts
from builder.usecases.designing import designer, record
from runtime.language.app import App
from runtime.language.dump import documents_of
from runtime.language.problem import Problems
from runtime.language.speech import _
from runtime.packs.check import check_files
from runtime.packs.read import PackFiles, read_zip
from runtime.packs.world import world
from runtime.running.context import Clock
from runtime.running.pack_upload import content_of
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.transaction import transaction


def import_app(
    *, session: Session, clock: Clock, actor: int, stream: BinaryIO, name: str, max_mb: int, address: str = ""
) -> str:
    """Make the pack in `stream` the draft of its app, and return the app's code. Nothing is installed.

    Of an app that is there already it is one edit of its draft, which can be undone; the rows and fixtures
    that it brings take the place of those that were there.

    :raises Forbidden: if the person may not design apps; the upload was not looked at.
    :raises Refused: if it is empty or larger than `max_mb`.
    :raises Problems: with everything that is wrong with it, each with file and line; nothing is kept then.
    """
    with reading(session) as tx:
        designer(tx, actor=actor)
        installed = world(tx).apps
    # Unpacking and checking take their time, and SQLite has only one writer.
    files = read_zip(content_of(stream, max_mb=max_mb))
    found = check_files(name, files, installed=installed)
    if found.app is None or found.problems:
        raise Problems(found.problems)
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        changed = _kept(tx, clock, actor, found.app, files, name)
        code, detail = found.app.code, {"file": name[:200], "files": changed}
        record(tx, clock, who, "draft.imported", code, address=address, **detail)
    return code


def _kept(tx: Session, clock: Clock, actor: int, app: App, files: PackFiles, name: str) -> list[str]:
    there = drafts.read(tx, app.code, lock=True)
    drafts.begin(tx, app.code, base=there.base if there else None, by=actor, at=clock.moment)
    before = drafts.read(tx, app.code, lock=True)
    assert before is not None
    after = {
        file: before.documents[file] if before.documents.get(file) == one else one
        for file, one in documents_of(app).items()
    }
    label = _("导入 %(name)s", name=name[:80])
    changed = drafts.keep(tx, before, after, label=label, by=actor, at=clock.moment)
    others = draft_files.replace(tx, before, files.data)
    if not changed and not others:
        drafts.let_go(tx, before)
    return list(changed)

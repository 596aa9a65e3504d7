"""Bring an earlier release back: its content becomes the draft's."""

from builder.store import drafts
from builder.usecases.designing import designer, record
from builder.usecases.edit_draft import held
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.context import Clock
from runtime.store import releases
from runtime.store.session import Session
from runtime.store.transaction import transaction


def go_back(
    *, session: Session, clock: Clock, actor: int, app: str, number: int, address: str = ""
) -> tuple[str, ...]:
    """Give the draft of an app the content of release `number`, as one edit; return the files it changed.

    Nothing is published by that, and tables never lose a column by it.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app or release.
    """
    with transaction(session) as tx:
        who = designer(tx, actor=actor)
        before = held(tx, clock=clock, actor=actor, app=app)
        found = next((one for one in releases.releases(tx, app) if one.number == number), None)
        if found is None:
            raise NotFound("no_such_release", _("没有这个版本。"))
        wanted = drafts.of_release(tx, found.id)
        # What is the same keeps its identity, so that the edit is no larger than what differs.
        after = {
            file: before.documents[file] if before.documents.get(file) == one else one
            for file, one in wanted.items()
        }
        label = _("回到第 %(n)s 版（%(version)s）", n=number, version=found.version)
        files = drafts.keep(tx, before, after, label=label, by=actor, at=clock.moment)
        if not files:
            drafts.let_go(tx, before)
        record(tx, clock, who, "draft.went_back", app, address=address, release=number, files=list(files))
        return files

"""An app as a zip: its draft, or one of its releases."""

from dataclasses import dataclass

from builder.packs.export import export_release, zipped
from builder.packs.texts import texts_of
from builder.store import draft_files
from builder.usecases.open_draft import opened
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class ExportedZip:
    """A zip to send, and the name to send it under."""

    name: str
    content: bytes


def export_app(*, session: Session, actor: int, app: str, number: int | None = None) -> ExportedZip:
    """Return release `number` of an app as a zip, without one its draft: canonical text, rows, fixtures.

    A release is the same bytes as `biaoliu pack export` writes.

    :raises Forbidden: if the person may not design apps.
    :raises NotFound: if there is no such app or release.
    """
    with reading(session) as tx:
        found = opened(tx, actor=actor, app=app)
        if number is None:
            texts = {name: text.encode() for name, text in texts_of(found.draft.documents).items()}
            return ExportedZip(f"{app}-draft.zip", zipped(texts | draft_files.read(tx, found.draft)))
        one = next((one for one in releases.releases(tx, app) if one.number == number), None)
        if one is None:
            raise NotFound("no_such_release", _("没有这个版本。"))
        return ExportedZip(f"{app}-{one.version}.zip", export_release(tx, one.id))

"""A release as a zip that any installation takes in; the same release is always the same bytes."""

import zipfile
from collections.abc import Mapping
from io import BytesIO

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store import releases
from runtime.store.session import Session

#: The earliest time a zip can hold: when it was packed says nothing about what is in it.
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
#: Readable by all, as a plain file.
_MODE = 0o100644 << 16


def export_pack(*, session: Session, app: str) -> bytes:
    """Return an app's current release as a zip: canonical YAML, and the rows and fixtures it came with.

    :raises NotFound: if the app is not installed.
    """
    release = releases.current(session, app)
    if release is None:
        raise NotFound("no_such_app", _("没有安装应用“%(app)s”。", app=app))
    return export_release(session, release.id)


def export_release(tx: Session, release_id: int) -> bytes:
    """Return any release as a zip, as `export_pack` does the current one.

    :raises NotFound: if there is no such release.
    """
    texts = releases.content(tx, release_id)
    data = releases.data_of(tx, release_id)
    return zipped({name: text.encode("utf-8") for name, text in texts.items()} | data)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of files, sorted by name, without traces of when and where it was made."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # Unix, wherever it is made
            entry.external_attr = _MODE
            archive.writestr(entry, data, compresslevel=9)
    return content.getvalue()

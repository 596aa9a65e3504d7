"""Files: taken as soon as somebody chooses them, given out with the rights of the record they hang on."""

from typing import Any, BinaryIO, cast

from flask import Blueprint, Response, current_app, request, send_file, url_for
from flask_login import current_user
from werkzeug.exceptions import BadRequest

from runtime.settings import Settings
from runtime.store.blobs import MEGABYTE, Blobs
from runtime.store.database import db
from runtime.usecases.download_file import FilePlace, download_file
from runtime.usecases.upload_file import Upload, upload_file
from runtime.web.account import actor
from runtime.web.clock import clock
from runtime.web.inputs import asked_number
from runtime.web.limits import UPLOADS, limiter
from runtime.web.sheet import size_text

bp = Blueprint("files", __name__, url_prefix="/files")

#: What a multipart body has besides its file.
_AROUND = 64 * 1024


@bp.url_value_preprocessor
def _let_large(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a file be longer than a form may be; before anything (the CSRF check) reads the body."""
    if endpoint == "files.upload" and current_user.is_authenticated:
        request.max_content_length = _settings().max_file_mb * MEGABYTE + _AROUND


@bp.post("")
@limiter.limit(UPLOADS)
def upload() -> tuple[dict[str, str], int]:
    """Take a file; it hangs on nothing until a form that names it is saved."""
    given = request.files.get("file")
    if given is None or not given.filename:
        raise BadRequest
    stored = upload_file(
        session=db.session(),
        clock=clock(),
        actor=actor(),
        blobs=_blobs(),
        upload=Upload(given.filename, cast(BinaryIO, given.stream)),
    )
    address = url_for(".show", file_id=stored.id)
    answer = {
        "id": stored.id,
        "name": stored.name,
        "size": size_text(stored.size),
        "url": address,
        "thumbnail": address if stored.content_type.startswith("image/") else "",
    }
    return answer, 201


@bp.get("/<file_id>")
def show(file_id: str) -> Response:
    """Give out a file; what a browser cannot show safely is only ever saved."""
    found = download_file(
        session=db.session(), clock=clock(), actor=actor(), blobs=_blobs(), file_id=file_id, place=_place()
    )
    answer = send_file(
        found.path,
        mimetype=found.content_type if found.inline else "application/octet-stream",
        as_attachment=not found.inline,
        download_name=found.name,
        etag=found.sha256,
        max_age=0,
    )
    # Rights may end: the browser keeps it, but asks each time.
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _place() -> FilePlace | None:
    """Return where the person sees the file, as `sheet.file_view` writes it into the address."""
    entity, path = request.args.get("in", ""), request.args.get("field", "")
    record_id = asked_number("record")
    return FilePlace(entity, record_id, path) if entity and path and record_id else None


def _settings() -> Settings:
    found: Settings = current_app.config["SETTINGS"]
    return found


def _blobs() -> Blobs:
    return Blobs(_settings().files_dir, _settings().max_file_mb)

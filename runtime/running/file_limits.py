"""Whether a field takes a file: its kind by name and by content, and its size."""

from pathlib import PurePath

from runtime.fields.attachment import Attachment
from runtime.language.problem import Problem
from runtime.language.speech import _, listed
from runtime.records.compiled import CompiledField
from runtime.store.blobs import MEGABYTE
from runtime.store.files import INLINE

#: Characters of a file's name that a message repeats.
_SHOWN = 40


def unfit_file(field: CompiledField, *, name: str, size: int, content_type: str) -> Problem | None:
    """Return why the field does not take the file, None if it does."""
    label, path = field.field.label, f"$.{field.path}"
    if not isinstance(field.kind, Attachment):
        return Problem("no_files_here", path, _("“%(label)s”不放附件。", label=label))
    allowed = field.kind.extensions(field.field)
    if allowed and PurePath(name).suffix.lower().lstrip(".") not in allowed:
        message = _(
            "“%(label)s”只接受 %(kinds)s 文件，现为“%(file)s”。",
            label=label,
            kinds=listed(allowed),
            file=name[-_SHOWN:],
        )
        return Problem("file_type", path, message)
    most = field.field.options.get("max_mb")
    if most is not None and size > most * MEGABYTE:
        message = _(
            "“%(label)s”的文件不能超过 %(most)s MB，“%(file)s”有 %(size)s MB。",
            label=label,
            most=most,
            file=name[-_SHOWN:],
            size=f"{size / MEGABYTE:.1f}",
        )
        return Problem("file_too_big", path, message)
    shows = content_type.startswith("image/") and content_type in INLINE
    if field.field.type == "image" and not shows:
        message = _("“%(label)s”只接受图片，“%(file)s”不是图片。", label=label, file=name[-_SHOWN:])
        return Problem("file_type", path, message)
    return None


def is_limited(field: CompiledField) -> bool:
    """Tell whether the field refuses any file at all."""
    options = field.field.options
    return field.field.type == "image" or "extensions" in options or "max_mb" in options

"""Whether a field takes a file: its kind by name and by content, and its size."""

from pathlib import PurePath

from runtime.fields.attachment import Attachment
from runtime.language.problem import Problem
from runtime.records.compiled import CompiledField
from runtime.store.blobs import MEGABYTE
from runtime.store.files import INLINE

#: Characters of a file's name that a message repeats.
_SHOWN = 40


def unfit_file(field: CompiledField, *, name: str, size: int, content_type: str) -> Problem | None:
    """Return why the field does not take the file, None if it does."""
    label, path = field.field.label, f"$.{field.path}"
    if not isinstance(field.kind, Attachment):
        return Problem("no_files_here", path, f"“{label}”不放附件。")
    allowed = field.kind.extensions(field.field)
    if allowed and PurePath(name).suffix.lower().lstrip(".") not in allowed:
        message = f"“{label}”只接受 {'、'.join(allowed)} 文件，现为“{name[-_SHOWN:]}”。"
        return Problem("file_type", path, message)
    most = field.field.options.get("max_mb")
    if most is not None and size > most * MEGABYTE:
        message = f"“{label}”的文件不能超过 {most} MB，“{name[-_SHOWN:]}”有 {size / MEGABYTE:.1f} MB。"
        return Problem("file_too_big", path, message)
    shows = content_type.startswith("image/") and content_type in INLINE
    if field.field.type == "image" and not shows:
        return Problem("file_type", path, f"“{label}”只接受图片，“{name[-_SHOWN:]}”不是图片。")
    return None


def is_limited(field: CompiledField) -> bool:
    """Tell whether the field refuses any file at all."""
    options = field.field.options
    return field.field.type == "image" or "extensions" in options or "max_mb" in options

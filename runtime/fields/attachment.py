"""Files that go with a record."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import fields, validate

from runtime.fields.field_type import JSON, FieldType, Options, Reading, Storage
from runtime.language.expressions.types import FILE, Type, list_of
from runtime.language.field import Field
from runtime.language.speech import _

_FILE_ID = re.compile(r"[0-9A-Za-z-]{1,64}", re.ASCII)
_MOST_FILES = 20
#: Counted the same for all readers.
_FILES = "%(n)s 个文件"


class AttachmentOptions(Options):
    """Options of a field of files."""

    max_files = fields.Integer(validate=validate.Range(min=1, max=100), metadata={"label": "最多文件数"})
    max_mb = fields.Integer(validate=validate.Range(min=1, max=1024), metadata={"label": "单文件上限 MB"})
    extensions = fields.List(fields.String(), metadata={"label": "允许的文件类型"})


class Attachment(FieldType):
    """Files by id, in the order added; size and kind of a file are checked where it is uploaded."""

    code = "attachment"
    label = "附件"
    icon = "paperclip"
    wide = True
    options = AttachmentOptions
    properties = frozenset({"min", "max"})
    messages: ClassVar[Mapping[str, str]] = {
        "not_files": "应为已上传的文件。",
        "too_many": "最多 %(most)s 个文件，现有 %(count)s 个。",
        "below_min": "至少 %(limit)s 个文件。",
        "above_max": "最多 %(limit)s 个文件。",
    }

    def storage(self, field: Field) -> Storage:
        """Keep a JSON list."""
        return JSON

    def type(self, field: Field) -> Type | None:
        """A list of files."""
        return list_of(FILE)

    def extensions(self, field: Field) -> tuple[str, ...]:
        """Return the endings of allowed file names, in lower case without the point; empty allows all."""
        return tuple(one.lower().lstrip(".") for one in field.options.get("extensions", ()))

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the ids without repetition; whether the files exist is the store's to say."""
        ids = [raw] if isinstance(raw, str) else raw
        if not isinstance(ids, list) or not all(map(_is_file_id, ids)):
            raise self.wrong("not_files")
        most = field.options.get("max_files", _MOST_FILES)
        if len(ids) > most:
            raise self.wrong("too_many", most=most, count=len(ids))
        return list(dict.fromkeys(ids))

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return how many there are; names and links are the page's, which knows the files."""
        return _FILES % {"n": len(value)} if value else ""

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return how many there are."""
        return _("%(n)s 个文件", n=len(value)) if value else ""

    def fit(self, field: Field, value: Any) -> Any:
        """Only a list of files."""
        fits = isinstance(value, list) and all(map(_is_file_id, value))
        return list(value) if fits and value else None


def _is_file_id(one: Any) -> bool:
    return isinstance(one, str) and _FILE_ID.fullmatch(one) is not None

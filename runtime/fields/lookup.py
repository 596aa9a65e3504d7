"""References to rows of a table."""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import fields, validate

from runtime.fields.field_type import Options, Storage
from runtime.fields.text import Text
from runtime.language.field import Field


class LookupOptions(Options):
    """Options of a reference. `from` is a word of Python, hence the assignment below."""

    key = fields.String(required=True, metadata={"label": "显示的键"})
    filter = fields.String(metadata={"label": "筛选条件"})
    columns = fields.List(fields.String(), metadata={"label": "选择窗口的列"})
    fill = fields.Dict(keys=fields.String(), values=fields.String(), metadata={"label": "带出"})
    mode = fields.String(validate=validate.OneOf(["copy", "live"]), metadata={"label": "带出方式"})
    pick_rows = fields.Boolean(metadata={"label": "一次选多行"})


LookupOptions._declared_fields["from"] = fields.String(required=True, metadata={"label": "来源表"})


class Lookup(Text):
    """A row of a table, known by its key: two columns, the key's text and the row's id beside it.

    The key is what people see and expressions compare; the id is what `<field>.x` reads by. Reading an
    answer keeps the key only: which row it means is the store's to say.
    """

    code = "lookup"
    label = "关联"
    icon = "database-search"
    options = LookupOptions
    properties = frozenset({"default", "unique", "index"})
    messages: ClassVar[Mapping[str, str]] = {"not_a_row": "应为来源表中的一行，现为“%(found)s”。"}

    def extra_columns(self, field: Field) -> Mapping[str, Storage]:
        """The id of the row."""
        return {ref_column(field): Storage("integer")}

    def read_ref(self, raw: Any) -> int | None:
        """Return the id of the row chosen, None if only its key is known.

        :raises InvalidValue: if it is no id.
        """
        if raw is None or raw == "":
            return None
        text = str(raw) if isinstance(raw, int | str) and not isinstance(raw, bool) else ""
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise self.wrong("not_a_row", found=raw)
        return int(text)


def ref_column(field: Field) -> str:
    """Return the name of the column, and of the value, that holds the row's id."""
    return f"{field.code}_ref"


def copies(field: Field) -> bool:
    """Tell whether fills are copied into the record; with `mode: live` they are read from the source."""
    return bool(field.options.get("mode", "copy") == "copy")


def fills(field: Field) -> Mapping[str, str]:
    """Return the source's column by our field, for what choosing a row fills in."""
    found: Mapping[str, str] = field.options.get("fill", {})
    return found

"""Yes or no."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from collections.abc import Mapping
from typing import Any, ClassVar

from runtime.fields.field_type import FieldType, Reading, Storage
from runtime.language.expressions.types import BOOLEAN, Type
from runtime.language.field import Field
from runtime.language.speech import _

#: What pages, sheets and people write.
_WORDS = {
    "true": True, "1": True, "yes": True, "on": True, "是": True, "√": True,
    "false": False, "0": False, "no": False, "off": False, "否": False, "×": False,
}  # fmt: skip


class Boolean(FieldType):
    """Yes or no; unanswered is neither."""

    code = "boolean"
    label = "是否"
    icon = "toggle-left"
    properties = frozenset({"formula", "default", "index"})
    messages: ClassVar[Mapping[str, str]] = {"not_boolean": "应为“是”或“否”，现为“%(found)s”。"}

    def storage(self, field: Field) -> Storage:
        """Keep a truth value."""
        return Storage("boolean")

    def type(self, field: Field) -> Type | None:
        """A truth value."""
        return BOOLEAN

    def read(self, field: Field, raw: Any, reading: Reading) -> Any:
        """Return the truth value."""
        if isinstance(raw, bool):
            return raw
        word = str(raw).strip().lower() if isinstance(raw, int | str) else ""
        if word not in _WORDS:
            raise self.wrong("not_boolean", found=raw)
        return _WORDS[word]

    def show(self, field: Field, value: Any, reading: Reading) -> str:
        """Return 是 or 否."""
        return "" if value is None else "是" if value else "否"

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return yes or no."""
        return _(self.show(field, value, reading))

    def fit(self, field: Field, value: Any) -> Any:
        """Only a truth value is one."""
        return value if isinstance(value, bool) else None

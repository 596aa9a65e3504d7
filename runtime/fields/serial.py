"""Serial numbers."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from typing import Any

from marshmallow import ValidationError, fields

from runtime.fields.field_type import Options, Reading
from runtime.fields.serial_template import InvalidTemplate, SerialTemplate, parse_template
from runtime.fields.text import Text
from runtime.language.field import Field
from runtime.language.speech import _


def _template(text: str) -> None:
    try:
        parse_template(text)
    except InvalidTemplate as wrong:
        raise ValidationError(_("流水号模板有误：%(wrong)s", wrong=wrong)) from wrong


class SerialOptions(Options):
    """Options of a serial number."""

    template = fields.String(required=True, validate=_template, metadata={"label": "编号规则"})


class Serial(Text):
    """A number taken from a counter at the first submission; never typed, never reused."""

    code = "serial"
    label = "流水号"
    icon = "barcode"
    options = SerialOptions
    properties = frozenset({"unique", "index"})
    typed = False
    length = 100

    def template(self, field: Field) -> SerialTemplate:
        """Return the parsed template."""
        return parse_template(field.options["template"])

    def say(self, field: Field, value: Any, reading: Reading) -> str:
        """Return the number; a draft has none yet."""
        return _("提交后生成") if value is None else str(value)

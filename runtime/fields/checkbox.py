"""Choice of several from values that all stand in view."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from runtime.fields.choice import Listed
from runtime.language.field import Field


class Checkbox(Listed):
    """Any number of a few."""

    code = "checkbox"
    label = "多选"
    icon = "checkbox"
    wide = True
    properties = Listed.properties - {"multiple", "unique", "index"}

    def many(self, field: Field) -> bool:
        """Always."""
        return True

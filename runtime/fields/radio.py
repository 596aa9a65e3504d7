"""Choice between a few values that all stand in view."""

# ruff: noqa: ARG002 - a type answers the whole protocol, also where it needs less of it

from runtime.fields.choice import Listed
from runtime.language.field import Field


class Radio(Listed):
    """One of a few."""

    code = "radio"
    label = "单选"
    icon = "circle-dot"
    properties = Listed.properties - {"multiple", "min", "max"}

    def many(self, field: Field) -> bool:
        """Never."""
        return False

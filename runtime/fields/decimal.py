"""Numbers with a fraction."""

from runtime.fields.number import Number
from runtime.language.field import Field


class DecimalNumber(Number):
    """A number with digits after the point: quantities, hours, rates."""

    code = "decimal"
    label = "小数"
    icon = "hash"

    def scale(self, field: Field) -> int:
        """As the field's `precision`, 4 where it is not given."""
        return 4 if field.precision is None else field.precision

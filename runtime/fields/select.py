"""Choice from a list that drops down."""

from runtime.fields.choice import Listed


class Select(Listed):
    """One of a list, searchable; several with `multiple`."""

    code = "select"
    label = "下拉选择"
    icon = "selector"

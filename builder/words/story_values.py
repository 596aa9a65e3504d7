"""Values in the steps of walk-throughs, whatever stands there."""

from collections.abc import Mapping
from typing import Any

from runtime.language.speech import _, listed


def mapped(value: Any, names: Mapping[str, str]) -> Any:
    """Return a value, or each of a list, by its name."""
    if isinstance(value, list):
        return [mapped(one, names) for one in value]
    return names.get(value, value) if isinstance(value, str) else value


def text_of(value: Any) -> str:
    """Return a text, "" for anything else."""
    return value if isinstance(value, str) else ""


def mapping_of(value: Any) -> Mapping[str, Any]:
    """Return a mapping, an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def several(value: Any) -> list[Any]:
    """Return a list as it is, anything else as a list of one."""
    return value if isinstance(value, list) else [value]


def matched(step: Mapping[str, Any]) -> str:
    """Return what marks the record that a step is about, in brackets."""
    match = mapping_of(step.get("match"))
    return _("（%(values)s）", values=_("，").join(shown(one) for one in match.values())) if match else ""


def count_of(value: Any) -> int:
    """Return how many there are: of what is no list, one."""
    return len(value) if isinstance(value, list) else 1


def shown(value: Any) -> str:
    """Return a value as people read it."""
    if value is None:
        return _("（空）")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, Mapping)]
        if not rows:
            return listed(value)
        return _("1 行") if len(rows) == 1 else _("%(n)s 行", n=len(rows))
    return str(value)

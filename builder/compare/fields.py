"""The fields of a form or base table before and after."""

from collections.abc import Iterator
from typing import Any

from builder.compare.change import Detail, Do, by_name, keys_changed, text_of

_TOLD = frozenset({"code", "type", "label", "required", "unique", "hidden", "fields"})
#: Key → what its coming and going is called.
_SWITCHES: tuple[tuple[str, Do, Do], ...] = (
    ("required", "required", "optional"),
    ("unique", "unique", "common"),
    ("hidden", "hidden", "shown"),
)


def field_details(before: Any, after: Any, *, within: str = "") -> Iterator[Detail]:
    """Yield what happened to the fields of a list, and to the columns of its sub-tables.

    `within` is the sub-table that they are the columns of.
    """
    old, new = by_name(before), by_name(after)
    for code, one in new.items():
        path = f"{within}{code}"
        if code not in old:
            yield _whole("added", path, one)
        elif is_rows(one) != is_rows(old[code]):
            yield _whole("removed", path, old[code])
            yield _whole("added", path, one)
        else:
            yield from _changed(path, old[code], one)
            if is_rows(one):
                yield from field_details(old[code].get("fields"), one.get("fields"), within=f"{path}.")
    for code, one in old.items():
        if code not in new:
            yield _whole("removed", f"{within}{code}", one)


def is_rows(field: Any) -> bool:
    """Say whether a field is a sub-table."""
    return isinstance(field, dict) and field.get("type") == "subtable"


def _whole(do: Do, path: str, field: Any) -> Detail:
    part = "rows" if is_rows(field) else "field"
    kind = text_of(field.get("type"))
    return Detail(
        "rows" if part == "rows" else "field",
        do,
        path,
        text_of(field.get("label")) or path,
        before=kind if do == "removed" else "",
        after=kind if do == "added" else "",
    )


def _changed(path: str, before: Any, after: Any) -> Iterator[Detail]:
    label = text_of(after.get("label")) or path
    was, now = text_of(before.get("label")), text_of(after.get("label"))
    if is_rows(after):
        if was != now:
            yield Detail("rows", "renamed", path, label, was, now)
        if found := keys_changed(before, after, besides=_TOLD):
            yield Detail("rows", "changed", path, label, after="、".join(found))
        return
    if before.get("type") != after.get("type"):
        yield Detail("field", "retyped", path, label, text_of(before.get("type")), text_of(after.get("type")))
    if was != now:
        yield Detail("field", "renamed", path, label, was, now)
    for key, came, went in _SWITCHES:
        if bool(before.get(key)) != bool(after.get(key)):
            yield Detail("field", came if after.get(key) else went, path, label)
    if found := keys_changed(before, after, besides=_TOLD):
        yield Detail("field", "changed", path, label, after="、".join(found))

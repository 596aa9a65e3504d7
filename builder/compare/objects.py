"""All objects of an app before and after: which are new, which are gone, what changed in the others."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from builder.compare.change import Change, Detail, by_name, keys_changed, text_of
from builder.compare.fields import field_details
from builder.compare.flows import flow_details
from builder.edits.documents import Documents, Standing, part_named, standing
from runtime.language.dump import to_json
from runtime.language.parts import PARTS
from runtime.language.speech import _, listed

#: Parts of an object that are told one by one, or say nothing of its meaning.
_TOLD: Mapping[str, frozenset[str]] = {
    "form": frozenset({"fields"}),
    "table": frozenset({"fields"}),
    "flow": frozenset({"nodes", "edges", "start", "picture"}),
    "dictionary": frozenset({"items"}),
}


def changes(before: Documents, after: Documents) -> tuple[Change, ...]:
    """Return what differs, kind by kind in the order of a pack, objects in the order of their files."""
    return tuple(
        change
        for part in PARTS
        for change in (_objects(before, after, part.kind) if part.name else _lines(before, after, part.kind))
    )


def _objects(before: Documents, after: Documents, kind: str) -> Iterator[Change]:
    old, new = _by_code(before, kind), _by_code(after, kind)
    moved = _in_order(kind, old, new)
    for code, one in new.items():
        name = _name(one)
        if code not in old:
            yield Change(kind, "added", code, name)
            continue
        was = _name(old[code])
        details = tuple(_details(kind, old[code].document, one.document))
        if code in moved:
            details += (Detail("property", "changed", "order"),)
        if was != name:
            yield Change(kind, "renamed", code, name, was, details)
        elif details:
            yield Change(kind, "changed", code, name, details=details)
    for code, one in old.items():
        if code not in new:
            yield Change(kind, "removed", code, _name(one))


def _in_order(kind: str, old: Mapping[str, Standing], new: Mapping[str, Standing]) -> frozenset[str]:
    """Return the rules that come at another moment than before: of a trigger the first that does."""
    if kind != "rule":
        return frozenset()
    was, now = (_by_trigger(one, other) for one, other in ((old, new), (new, old)))
    pairs = (zip(was.get(trigger, ()), codes, strict=False) for trigger, codes in now.items())
    firsts = (next((code for before, code in pair if before != code), None) for pair in pairs)
    return frozenset(one for one in firsts if one is not None)


def _by_trigger(rules: Mapping[str, Standing], others: Mapping[str, Standing]) -> dict[str, list[str]]:
    """Return the codes of the rules that stay with their trigger, in their order, by trigger."""
    found: dict[str, list[str]] = {}
    for code, one in rules.items():
        trigger = _trigger(one)
        if code in others and _trigger(others[code]) == trigger:
            found.setdefault(trigger, []).append(code)
    return found


def _trigger(rule: Standing) -> str:
    return to_json([rule.document.get(key) for key in ("flow", "source", "on")])


def _details(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Detail]:
    if kind in ("form", "table"):
        yield from field_details(before.get("fields"), after.get("fields"))
    elif kind == "flow":
        yield from flow_details(before, after)
    elif kind == "dictionary":
        yield from _values(_items(before.get("items")), _items(after.get("items")))
    besides = _TOLD.get(kind, frozenset()) | {part_named(kind).name, "name"}
    for key in keys_changed(dict(before), dict(after), besides=besides):
        yield Detail("property", "changed", key)


def _values(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Detail]:
    for value, one in new.items():
        label = text_of(one.get("label")) or value
        if value not in old:
            yield Detail("value", "added", value, label)
            continue
        was = text_of(old[value].get("label")) or value
        if was != label:
            yield Detail("value", "renamed", value, label, was, label)
        if bool(one.get("disabled")) != bool(old[value].get("disabled")):
            yield Detail("value", "hidden" if one.get("disabled") else "shown", value, label)
        if found := keys_changed(
            old[value], one, besides=frozenset({"value", "label", "disabled", "children"})
        ):
            yield Detail("value", "changed", value, label, after="、".join(found))
    for value, one in old.items():
        if value not in new:
            yield Detail("value", "removed", value, text_of(one.get("label")) or value)


def _items(items: Any) -> dict[str, Any]:
    """Return the values of a dictionary and of all levels below, by value."""
    found: dict[str, Any] = {}
    waiting = [items]
    while waiting:
        level = by_name(waiting.pop(), "value")
        found.update(level)
        waiting += [one.get("children") for one in level.values()]
    return found


def _lines(before: Documents, after: Documents, kind: str) -> Iterator[Change]:
    """Yield what happened to a list whose lines have no names: lines that came, and lines that went."""
    part = part_named(kind)
    old, new = _counted(before, kind), _counted(after, kind)
    went, came = old - new, new - old
    details = [Detail("line", "removed", part.place, text) for text in _told(before, kind, went)]
    details += [Detail("line", "added", part.place, text) for text in _told(after, kind, came)]
    if not details and not went and not came and before.get(part.place) != after.get(part.place):
        details = [Detail("property", "changed", "order")]
    if details:
        yield Change(kind, "changed", part.place, _(part.label), details=tuple(details))


def _counted(documents: Documents, kind: str) -> Counter[str]:
    return Counter(to_json(one.document) for one in standing(documents, kind))


def _told(documents: Documents, kind: str, chosen: Counter[str]) -> Iterator[str]:
    left = Counter(chosen)
    for one in standing(documents, kind):
        if left[to_json(one.document)] > 0:
            left[to_json(one.document)] -= 1
            yield _line(kind, one.document)


def _line(kind: str, line: Mapping[str, Any]) -> str:
    """Return what people know a line by: the name of a menu entry, who may do what of a grant."""
    if kind == "menu":
        return text_of(line.get("name"))
    told = (line.get("who"), line.get("on"), line.get("can"))
    return " · ".join(filter(None, (_listed(one) for one in told)))


def _listed(value: Any) -> str:
    return text_of(listed(value) if isinstance(value, list) else value)


def _by_code(documents: Documents, kind: str) -> dict[str, Standing]:
    return {one.name: one for one in standing(documents, kind) if one.name}


def _name(one: Standing) -> str:
    return text_of(one.document.get("name")) or one.name

"""Walk-throughs with other names for nodes, people or rules: every place of theirs that names one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.renaming.plain import Change, each, every_key, texts, with_keys

Rename = Callable[[str], str]

#: Deeds whose `to` is a node; that of the others is a person.
_LEADING = ("return", "jump")
#: Of `expect`: what somebody gets to see, by person or role.
_SEEN = ("sees", "hidden", "masked")


def same(name: str) -> str:
    """Return the name."""
    return name


def swap(old: str, new: str) -> Rename:
    """Return what puts `new` in the place of `old`."""
    return lambda name: new if name == old else name


@dataclass(frozen=True, slots=True)
class Names:
    """What the names of each sort become; those not given stay."""

    node: Rename = same
    #: A role, as walk-throughs name people by it.
    who: Rename = same
    rule: Rename = same


def retold(document: Any, names: Names) -> Any:
    """Return the walk-throughs of a file with other names; the same object if none of them is there."""
    step = _step(names)
    one: Change = lambda story: with_keys(story, {"steps": each(step), "expect": _expected(names)})  # noqa: E731
    return each(one)(document) if isinstance(document, list) else one(document)


def _step(names: Names) -> Change:
    node, who, rule = texts(names.node), texts(names.who), texts(names.rule)
    always = {"at": node, "as": who, "refused": rule, "expect": _expected(names)}

    def rewrite(step: Any) -> Any:
        leads = isinstance(step, Mapping) and step.get("do") in _LEADING
        return with_keys(step, {**always, "to": node} if leads else always)

    return rewrite


def _expected(names: Names) -> Change:
    rule = texts(names.rule)
    changes: dict[str, Change] = {
        "path": each(texts(names.node)),
        "task": every_key(names.node),
        "notices": each(lambda one: with_keys(one, {"rule": rule})),
        **dict.fromkeys(_SEEN, every_key(names.who)),
    }
    return lambda expected: with_keys(expected, changes)

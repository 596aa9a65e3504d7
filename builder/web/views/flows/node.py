"""The panel of one node: what its kind understands, as the node has it."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder.web.views.flows.access import AccessTable, access_table
from builder.web.views.flows.people import PeopleView, people_view
from builder.web.views.flows.subject import Subject
from runtime.language.graph import START
from runtime.language.speech import _
from runtime.nodes import NODES
from runtime.web.views.common import Choice

UNITS = ("minutes", "hours", "days", "workdays")
#: What follows when the work is late, as far as the language names it.
LATE = ("escalate", "transfer", "approve", "reject")


@dataclass(frozen=True, slots=True)
class NodePanel:
    """One node. `keys` are those its kind understands; choices carry the JSON that they write."""

    code: str
    name: str
    note: str
    kind: str
    kind_label: str
    icon: str
    tab: str
    keys: frozenset[str]
    #: Where its keys stand: `("nodes", code)`, or `("start",)`.
    place: tuple[str, ...]
    assignees: PeopleView | None
    exclude: PeopleView | None
    empty_to: PeopleView | None
    decide: tuple[Choice, ...]
    #: `count` or `percent`, and its number; empty where there is none.
    decide_unit: str
    decide_number: int
    values: Mapping[str, Any]
    return_to: tuple[Choice, ...]
    #: Nodes one may return to where they are named, with the whole list that a click makes.
    returns: tuple[tuple[Choice, list[str]], ...]
    rejects: tuple[Choice, ...]
    #: Rules that it runs, with the whole list that a click makes.
    actions: tuple[tuple[Choice, list[str]], ...]
    due_units: tuple[Choice, ...]
    due_unit: str
    due: Mapping[str, Any]
    dates: tuple[tuple[str, str], ...]
    access: AccessTable | None
    #: Edges that leave it: what leads where.
    #: Id of the edge on the canvas, and where it leads.
    leaving: tuple[tuple[str, str], ...]

    @property
    def may_rename(self) -> bool:
        """Whether it has a code of its own."""
        return self.kind != START


def node_panel(subject: Subject, code: str, *, tab: str) -> NodePanel | None:
    """Return the panel of a node; None if there is none of this code."""
    node = next((one for one in subject.nodes if one["code"] == code), None)
    if node is None:
        return None
    kind = str(node.get("kind"))
    word = NODES.get(kind)
    place: tuple[str, ...] = ("start",) if code == START else ("nodes", code)
    keys = word.keys if word else frozenset()
    if code == START:
        keys = frozenset({"who", "edit", "require", "hide"})
    decide, unit, number = _decide(node)
    due_units, due_unit, due = _due(node)
    return NodePanel(
        code=code,
        name=_text(node.get("name")),
        note=_text(node.get("note")),
        kind=kind,
        kind_label=_(word.label) if word else kind,
        icon=word.icon if word else "question-mark",
        tab=tab if tab in _tabs(keys) else "work",
        keys=keys,
        place=place,
        assignees=_assignees(subject, node, place, keys),
        exclude=_people(subject, node, place, "exclude", _("排除的人")) if "exclude" in keys else None,
        empty_to=_people(subject, node, place, "empty_to", _("找不到时交给")) if "empty_to" in keys else None,
        decide=decide,
        decide_unit=unit,
        decide_number=number,
        values={key: _text(node.get(key)) for key in _WORDS} | {"terminate": node.get("terminate") is True},
        return_to=_return_to(node),
        returns=_returns(subject, node, code),
        rejects=_rejects(subject, node, code),
        actions=_actions(subject, node),
        due_units=due_units,
        due_unit=due_unit,
        due=due,
        dates=tuple(subject.date_fields()),
        access=access_table(subject, code) if "hide" in keys and tab == "fields" else None,
        leaving=tuple(_leaving(subject, code)),
    )


_WORDS = ("reject", "finish", "self", "empty", "duplicates", "opinion", "on_reject")


def _leaving(subject: Subject, code: str) -> Iterator[tuple[str, str]]:
    """Yield the id that the canvas gives each edge out of a node, and where it leads."""
    counted: Counter[str] = Counter()
    for one in subject.flow.get("edges") or ():
        if not isinstance(one, Mapping) or one.get("from") != code:
            continue
        to = str(one.get("to"))
        name, label = subject.names.get(to, to), one.get("label")
        yield (
            f"edge:{code}>{to}#{counted[to]}",
            _("%(what)s（%(name)s）", what=name, name=label) if label else name,
        )
        counted[to] += 1


def _tabs(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(
        {"work"} | ({"fields"} if "hide" in keys else set()) | ({"due"} if "due" in keys else set())
    )


def _assignees(
    subject: Subject, node: Mapping[str, Any], place: tuple[str, ...], keys: frozenset[str]
) -> PeopleView | None:
    if "who" in keys:
        return _people(subject, node, place, "who", _("谁可以发起"))
    return _people(subject, node, place, "assignees", _("处理人")) if "assignees" in keys else None


def _people(
    subject: Subject, node: Mapping[str, Any], place: tuple[str, ...], key: str, label: str
) -> PeopleView:
    return people_view(subject, node.get(key), id=key.replace("_", "-"), label=label, place=(*place, key))


def _decide(node: Mapping[str, Any]) -> tuple[tuple[Choice, ...], str, int]:
    found = node.get("decide", "claim")
    unit = (
        next((str(one) for one in found if one in ("count", "percent")), "")
        if isinstance(found, Mapping)
        else ""
    )
    number = found.get(unit) if isinstance(found, Mapping) else None
    now = unit or (found if isinstance(found, str) else "")
    made = (
        Choice("", _("任一人领取后办理"), now == "claim"),
        Choice('"any"', _("或签：任一人同意"), now == "any"),
        Choice('"all"', _("会签：所有人同意"), now == "all"),
        Choice('{"count":2}', _("会签：达到人数"), now == "count"),
        Choice('{"percent":60}', _("会签：达到比例"), now == "percent"),
    )
    return made, unit, number if type(number) is int else 0


def _return_to(node: Mapping[str, Any]) -> tuple[Choice, ...]:
    found = node.get("return_to")
    named = isinstance(found, list) and bool(found)
    return (
        Choice("", _("经过的任一节点"), not isinstance(found, list)),
        Choice('["start"]', _("指定节点"), named),
        Choice("[]", _("不能退回"), isinstance(found, list) and not named),
    )


def _returns(subject: Subject, node: Mapping[str, Any], code: str) -> tuple[tuple[Choice, list[str]], ...]:
    found = node.get("return_to")
    if not isinstance(found, list) or not found:
        return ()
    now = [one for one in found if isinstance(one, str)]
    choices = [one for one in subject.humans() if one != code]
    choices += [one for one in now if one not in choices]
    return tuple(
        (Choice(one, subject.names.get(one, one), one in now), _toggled(now, one, choices)) for one in choices
    )


def _rejects(subject: Subject, node: Mapping[str, Any], code: str) -> tuple[Choice, ...]:
    now = _text(node.get("on_reject"))
    places = [("", _("没有“不同意”")), ("end", _("结束流程（不同意）")), (START, _("退回发起人"))]
    places += [(one, name) for one, name in subject.names.items() if one not in (START, "end", code)]
    if now and now not in [one for one, _name in places]:
        places.append((now, now))
    return tuple(
        Choice(json.dumps({"do": "set_reject", "node": code, "to": one or None}), name, one == now)
        for one, name in places
    )


def _actions(subject: Subject, node: Mapping[str, Any]) -> tuple[tuple[Choice, list[str]], ...]:
    found = node.get("actions")
    now = [one for one in found if isinstance(one, str)] if isinstance(found, list) else []
    rules = dict(subject.rules())
    choices = [*now, *(one for one in rules if one not in now)]
    return tuple((Choice(one, rules.get(one, one), one in now), _toggled(now, one, None)) for one in choices)


def _toggled(now: list[str], one: str, order: list[str] | None) -> list[str]:
    made = [other for other in now if other != one] if one in now else [*now, one]
    return sorted(made, key=order.index) if order else made


def _due(node: Mapping[str, Any]) -> tuple[tuple[Choice, ...], str, Mapping[str, Any]]:
    found = node.get("due")
    due = found if isinstance(found, Mapping) else {}
    unit = next((one for one in UNITS if one in due), "")
    rest = {str(key): one for key, one in due.items() if key not in UNITS}
    number = due.get(unit) or 1
    words = {"minutes": _("分钟"), "hours": _("小时"), "days": _("天"), "workdays": _("个工作日")}
    made = tuple(
        Choice(json.dumps({one: number, **rest}, ensure_ascii=False, default=str), words[one], one == unit)
        for one in UNITS
    )
    return (Choice("", _("没有时限"), not unit), *made), unit, due


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""

"""What may be chosen in a rule: triggers, moments, tables, columns, and the values that fit a column."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from builder.edits.rules.scope import About
from builder.words.name_words import PERSON_WORDS, SYSTEM_WORDS, label_of
from builder.words.rule_words import column_type
from builder.words.trigger_words import AT_NODES, CHANGES, MOMENTS, TIMES
from runtime.language.app import App
from runtime.language.expressions import SYSTEM, Type, assignable
from runtime.language.field import Field
from runtime.language.lint.scope import Scope
from runtime.language.speech import _
from runtime.nodes import NODES

#: Value and label.
Option = tuple[str, str]
Group = tuple[str, tuple[Option, ...]]

#: What a time trigger begins as.
_TIMES: Mapping[str, Any] = {
    "daily": "09:00",
    "weekly": "mon",
    "monthly": "1",
    "every": "1h",
    "before": "",
    "after": "",
}


def packed(**values: Any) -> str:
    """Return values as the option of a select holds them."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def apps_of(scope: Scope) -> Iterator[tuple[App, str]]:
    """Yield the app and those that it requires, each with what stands before its codes."""
    yield scope.app, ""
    for code in scope.app.manifest.requires:
        if code in scope.others:
            yield scope.others[code], f"{code}/"


def triggers(scope: Scope) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield, by group, what may fire a rule: `flow` or `source`, its name in documents, its label."""
    flows = [("flow", one.code, one.name or one.code) for one in scope.app.flows]
    if flows:
        yield _("流程"), flows
    for app, prefix in apps_of(scope):
        tables = [("source", f"{prefix}{one.code}", one.name) for one in app.entities if one.kind == "table"]
        if tables:
            yield _("底表 · %(app)s", app=app.manifest.name), tables
    forms = [("source", one.code, one.name) for one in scope.app.entities if one.kind == "form"]
    if forms:
        yield _("表单（定时）"), forms


def first_moment(options: Iterable[tuple[str, str, str]]) -> Iterator[Option]:
    """Yield triggers as options that set by, trigger and on."""
    for by, ref, label in options:
        on: Any = "approved" if by == "flow" else {"daily": "09:00"}
        yield packed(by=by, trigger=ref, on=on), label


def moments(about: About) -> tuple[Group, ...]:
    """Return the moments at which a rule may fire, as options that set `on`; by flow, node and time."""
    if about.rule.source:
        changes = tuple((packed(on=code), _(label)) for code, label in CHANGES.items())
        dated = dates_of(about)
        first = dated[0][0] if dated else ""
        kinds = {**_TIMES, "before": first, "after": first}
        times = tuple(
            (
                packed(on={kind: value, **({"days": [1]} if kind in ("before", "after") else {})}),
                _(TIMES[kind]),
            )
            for kind, value in kinds.items()
        )
        return ((_("记录变化"), changes), (_("定时"), times))
    whole = tuple((packed(on=code), _(label)) for code, label in MOMENTS.items())
    found: list[Group] = [(_("整个流程"), whole)]
    for node in about.flow.nodes if about.flow else ():
        kind = NODES.get(node.kind)
        if kind is None or kind.shape != "task":
            continue
        # Nobody acts where no human does: it is reached, and done.
        words = AT_NODES if kind.human else {one: AT_NODES[one] for one in ("entered", "done")}
        name = node.name or node.code
        found.append(
            (
                name,
                tuple(
                    (packed(on=f"node.{node.code}.{one}"), _("%(node)s%(moment)s", node=name, moment=_(word)))
                    for one, word in words.items()
                ),
            )
        )
    return tuple(found)


def dates_of(about: About) -> tuple[Option, ...]:
    """Return the date fields of the table that fires a rule."""
    names = about.scope.names(about.trigger_ref)
    return tuple(
        (code, label_of(about.trigger, code))
        for code, kind in names.fields.items()
        if kind.kind in ("date", "datetime")
    )


def tables(scope: Scope) -> tuple[Group, ...]:
    """Return the tables and forms that a rule may write, by app."""
    return tuple(
        (app.manifest.name, tuple((f"{prefix}{one.code}", one.name) for one in app.entities))
        for app, prefix in apps_of(scope)
        if app.entities
    )


def flows(scope: Scope) -> tuple[Group, ...]:
    """Return the flows that a rule may start, by app."""
    return tuple(
        (app.manifest.name, tuple((f"{prefix}{one.code}", one.name or one.code) for one in app.flows))
        for app, prefix in apps_of(scope)
        if app.flows
    )


def subtables(about: About) -> tuple[Option, ...]:
    """Return the sub-tables of what fires a rule."""
    found = about.trigger.subtables() if about.trigger else ()
    return tuple((one.code, one.label) for one in found)


def columns(about: About, *, written: bool) -> tuple[Field, ...]:
    """Return the columns of the target; `written`: only those that may be written to."""
    found = about.target.plain() if about.target else ()
    return tuple(
        one
        for one in found
        if column_type(about, one.code) is not None and not (written and one.formula is not None)
    )


def fitting(about: About, column: Type | None) -> tuple[Group, ...]:
    """Return everything with a name whose value fits a column, by where it stands."""
    at = about.at
    form = _("本单字段") if about.trigger and about.trigger.kind == "form" else _("本记录字段")
    groups: list[Group] = []
    if about.rule.each and about.rule.each in at.names.subtables:
        rows = at.names.subtables[about.rule.each]
        options = [(f"row.{code}", label_of(about.trigger, f"{about.rule.each}.{code}")) for code in rows]
        fit = _fit(options, [*rows.values()], column)
        index = [("row.index", _("行号"))] if _takes(column, "number") else []
        groups.append((_("本行"), (*fit, *index)))
    fields = at.names.fields
    groups.append((form, _fit([(c, label_of(about.trigger, c)) for c in fields], [*fields.values()], column)))
    if at.names.old is not None:
        old = at.names.old.fields
        said = [(f"old.{code}", label_of(about.target, code)) for code in old]
        groups.append((_("目标记录原值"), _fit(said, [*old.values()], column)))
    groups.append((_("系统"), tuple(_system(column))))
    return tuple((title, options) for title, options in groups if options)


def _system(column: Type | None) -> Iterator[Option]:
    if _takes(column, "user"):
        yield "initiator", _("发起人")
    for code in ("department", "company", "post"):
        if _takes(column, code):
            yield f"initiator.{code}", _("发起人的%(what)s", what=_(PERSON_WORDS[code]))
    if _takes(column, "date"):
        yield "today()", _("今天")
    if _takes(column, "datetime"):
        yield "now()", _("此刻")
    for code in ("owner", "owner_dept"):
        if column is None or column.kind == SYSTEM[code].kind:
            yield f"record.{code}", _("本记录的%(what)s", what=_(SYSTEM_WORDS[code]))


def _takes(column: Type | None, kind: str) -> bool:
    return column is None or column.kind == kind


def _fit(options: list[Option], kinds: list[Type], column: Type | None) -> tuple[Option, ...]:
    pairs = zip(options, kinds, strict=True)
    return tuple(option for option, kind in pairs if column is None or assignable(value=kind, target=column))

"""The rows of a rule's grids: which column, what happens to it, where its value comes from."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from builder.edits.expression_source import written_text
from builder.edits.rules.scope import About
from builder.web.views.rule_choices import Group, Option, columns, fitting, packed
from builder.words.name_words import Labels, label_of
from builder.words.rule_words import column_type
from runtime.language.expressions import ExpressionError, Type, parse
from runtime.language.expressions.tree import Literal as Constant
from runtime.language.expressions.types import number
from runtime.language.place import Place
from runtime.language.problem import Problem
from runtime.language.speech import _

#: Wrong places of a rule with what is wrong.
Problems = Mapping[Place, str]

#: The option that shows a value as an expression.
FORMULA = packed(begin="formula")
#: How a value is shown beside where it comes from.
Kind = Literal["field", "choice", "number", "text", "formula"]
MODES = (("set", "改为"), ("add", "加"), ("subtract", "减"))


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """One row."""

    #: Unique on the page.
    id: str
    grid: str
    column: str
    label: str
    #: Word for what a value of the column is: "数字".
    type: str
    #: Columns it may be about: options that set `to_column`.
    columns: tuple[Option, ...]
    chosen_column: str
    #: What happens to it: options that set `to_grid`; empty where only one is possible.
    modes: tuple[Option, ...]
    chosen_mode: str
    #: Where the value comes from: options that set `source` or `constant`.
    sources: tuple[Group, ...]
    chosen_source: str
    #: How the value is shown beside: not at all, as a constant to choose or type, as an expression.
    kind: Kind
    #: Of a choice: options that set `source`.
    constants: tuple[Option, ...]
    chosen_constant: str
    #: The source as written; of a text constant the text.
    value: str
    want: str
    problem: str


def match_rows(about: About, problems: Problems, formulas: frozenset[str]) -> tuple[ColumnRow, ...]:
    """Return what is compared to find rows; `formulas`: rows shown as expressions anyway."""
    rows = about.rule.match.items()
    return tuple(_row(about, "match", code, one, problems, formulas) for code, one in rows)


def write_rows(about: About, problems: Problems, formulas: frozenset[str]) -> tuple[ColumnRow, ...]:
    """Return what is written."""
    groups = {"set": about.rule.set, "add": about.rule.add, "subtract": about.rule.subtract}
    return tuple(
        _row(about, grid, code, source, problems, formulas)
        for grid, group in groups.items()
        for code, source in group.items()
    )


def more(about: About, *, written: bool) -> tuple[Option, ...]:
    """Return columns that have no row yet, as options that add one with the source that suggests itself."""
    grid = "set" if written else "match"
    taken = _taken(about, grid)
    return tuple(
        (packed(grid=grid, column=one.code, source=_suggested(about, one.code)), _titled(one))
        for one in columns(about, written=written)
        if one.code not in taken
    )


def _row(
    about: About, grid: str, code: str, source: str, problems: Problems, formulas: frozenset[str]
) -> ColumnRow:
    key, kind = f"{grid}-{code}", column_type(about, code)
    wanted = number() if grid in ("add", "subtract") else kind
    named = fitting(about, wanted)
    constant, constants = _constant(source), _constants(about, wanted)
    shown = _shown(wanted, source, constant, constants, {one for _, group in named for one, _ in group})
    if key in formulas:
        shown = "formula"
    begin = _beginning(wanted, constants)
    sources = [(title, tuple((packed(source=one), label) for one, label in group)) for title, group in named]
    others = ((begin, _("固定值…")),) if begin else ()
    sources.append((_("其他"), (*others, (FORMULA, _("表达式…")))))
    chosen = {"field": packed(source=source), "formula": FORMULA}.get(shown, begin)
    taken = (
        {*about.rule.match} if grid == "match" else {*about.rule.set, *about.rule.add, *about.rule.subtract}
    )
    offered = [
        one for one in columns(about, written=grid != "match") if one.code == code or one.code not in taken
    ]
    options = [(packed(to_column=one.code), _titled(one)) for one in offered]
    if code not in [one.code for one in offered]:
        options.append((packed(to_column=code), code))
    return ColumnRow(
        id=key.replace(".", "-"),
        grid=grid,
        column=code,
        label=label_of(about.target, code),
        type=_(kind.label) if kind else "",
        columns=tuple(options),
        chosen_column=packed(to_column=code),
        modes=tuple(_modes(about, kind, grid)),
        chosen_mode=packed(to_grid=grid),
        sources=tuple(sources),
        chosen_source=chosen,
        kind=shown,
        constants=constants,
        chosen_constant=packed(source=source),
        value=str(constant.value or "") if shown == "text" and constant is not None else source,
        want=wanted.kind if wanted else "",
        problem=_told(problems, grid, code),
    )


def _taken(about: About, grid: str) -> set[str]:
    """Return the columns that have a row already where this one stands."""
    rule = about.rule
    return {*rule.match} if grid == "match" else {*rule.set, *rule.add, *rule.subtract}


def _beginning(kind: Type | None, constants: tuple[Option, ...]) -> str:
    """Return the option that makes a constant of a value, the first that fits; empty if none can."""
    if constants:
        return packed(begin="constant", **json.loads(constants[0][0]))
    if kind is not None and kind.kind == "number":
        return packed(begin="constant", source="1")
    return packed(begin="constant", constant="") if kind is None or kind.kind == "text" else ""


def _constants(about: About, kind: Type | None) -> tuple[Option, ...]:
    if kind is None:
        return ()
    if kind.kind == "boolean":
        return (packed(source="true"), _("是")), (packed(source="false"), _("否"))
    if kind.kind != "text":
        return ()
    labels = Labels(about.at).choices(kind)
    return tuple((packed(source=written_text(value)), label) for value, label in labels.items())


def _shown(
    kind: Type | None, source: str, constant: Constant | None, constants: tuple[Option, ...], named: set[str]
) -> Kind:
    if source in named:
        return "field"
    if packed(source=source) in [option for option, _ in constants]:
        return "choice"
    value = constant.value if constant is not None else None
    if not constants and (isinstance(value, str) or (constant is not None and source in ("''", '""'))):
        return "text"
    is_number = isinstance(value, Decimal) and kind is not None and kind.kind == "number"
    return "number" if is_number else "formula"


def _constant(source: str) -> Constant | None:
    if source == "":
        return None
    try:
        root = parse(source).root
    except ExpressionError:
        return None
    return root if isinstance(root, Constant) else None


def _modes(about: About, kind: Type | None, grid: str) -> Iterator[Option]:
    if about.rule.do != "update" or grid == "match":
        return
    for code, label in MODES:
        if code == "set" or code == grid or (kind is not None and kind.kind == "number"):
            yield packed(to_grid=code), _(label)


def _suggested(about: About, code: str) -> str:
    """Return the field of the same name if its value fits, else nothing."""
    kind = column_type(about, code)
    for path in (f"row.{code}", code):
        for _title, options in fitting(about, kind):
            if path in [value for value, _ in options]:
                return path
    return ""


def _titled(one: object) -> str:
    return str(getattr(one, "label", "") or getattr(one, "code", ""))


def _told(problems: Problems, grid: str, code: str) -> str:
    return _("；").join(dict.fromkeys(text for place, text in problems.items() if place[:2] == (grid, code)))


def told(found: tuple[tuple[Place, Problem], ...]) -> dict[Place, str]:
    """Return what is wrong by place."""
    result: dict[Place, str] = {}
    for place, problem in found:
        result[place] = _("；").join(one for one in (result.get(place, ""), problem.message) if one)
    return result

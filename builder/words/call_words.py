"""Calls of functions in words: how many, the sum of, the day before …"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from builder.edits.expression_source import ATOM, EITHER, SUM
from builder.words.call_shapes import FIGURES, MOVED, OF_ROWS, OVER_ROWS, SHAPES
from builder.words.name_words import Labels
from runtime.language.expressions.tables import word
from runtime.language.expressions.tree import Call, Literal, Minus, Name, Node
from runtime.language.expressions.types import Type
from runtime.language.speech import _, listed


class Words(ABC):
    """What a call asks of the expression it stands in."""

    labels: Labels
    rows: list[str]

    @abstractmethod
    def say(self, node: Node, *, least: int = 1, like: Type | None = None) -> str:
        """Return words for a part."""

    @abstractmethod
    def kind(self, node: Node) -> Type:
        """Return the type of a part."""

    @contextmanager
    def inside(self, node: Node) -> Iterator[None]:
        """Let `row` mean a row of the sub-table that `node` names."""
        self.rows.append(node.path[-1] if isinstance(node, Name) else self.rows[-1])
        yield
        self.rows.pop()


def call_words(call: Call, words: Words) -> str:
    """Return a call in words, "" if it has none (a function unknown, or called in a way that is wrong)."""
    try:
        if call.name in _SPECIAL:
            return _SPECIAL[call.name](call, words)
        shape = SHAPES.get(call.name, {}).get(len(call.args))
    except (IndexError, ValueError):
        return ""
    if shape is None or call.named:
        return ""
    least = EITHER if call.name in _LOOSE else ATOM
    said = (words.say(one, least=least) for one in call.args)
    return _(shape, **dict(zip("abc", said, strict=False)))


#: What they are of needs no brackets; of the others nobody would see without them how much of it they mean.
_LOOSE = frozenset(
    {
        *("if", "month_start", "month_end"),
        *("days_between", "hours_between", "minutes_between", "workdays_between"),
    }
)


def _whole(call: Call, words: Words) -> str:
    """`bool(a)`: as what it is of."""
    (one,) = call.args
    return "" if call.named else words.say(one, least=ATOM)


def _over_rows(call: Call, words: Words) -> str:
    """`sum(lines.amount)`, `sum(lines, row.qty * row.price)`."""
    of_column, of_formula = OVER_ROWS[call.name]
    if len(call.args) == 1:
        return _(of_column, rows=words.say(call.args[0]))
    rows, each = call.args
    with words.inside(rows):
        return _(of_formula, rows=words.say(rows), each=words.say(each))


def _count(call: Call, words: Words) -> str:
    (counted,) = call.args
    said = words.say(counted)
    if words.kind(counted).kind == "rows":
        return _("%(rows)s的行数", rows=said)
    return _("%(list)s的项数", list=said)


def _of_rows(call: Call, words: Words) -> str:
    rows, *parts = call.args
    holes = ("where", "each") if call.name == "sum_if" else ("where",)
    if len(parts) < len(holes):
        return ""
    with words.inside(rows):
        said = {hole: words.say(one) for hole, one in zip(holes, parts, strict=False)}
        return _(OF_ROWS[call.name], rows=words.say(rows), **said)


def _extreme(call: Call, words: Words) -> str:
    if len(call.args) == 1:
        return _(OVER_ROWS[f"{call.name}_row"][0], rows=words.say(call.args[0]))
    values = listed(words.say(one) for one in call.args)
    if call.name == "max":
        return _("（%(values)s）中的最大值", values=values)
    return _("（%(values)s）中的最小值", values=values)


def _coalesce(call: Call, words: Words) -> str:
    first, *rest = (words.say(one, like=words.kind(call.args[0])) for one in call.args)
    others = "".join(_("，为空时取 %(other)s", other=one) for one in rest)
    return _("（%(said)s）", said=f"{first}{others}") if rest else first


def _moved(call: Call, words: Words) -> str:
    start, by = call.args
    back = isinstance(by, Minus) or (
        isinstance(by, Literal) and isinstance(by.value, Decimal) and by.value < 0
    )
    if isinstance(by, Minus):
        by = by.operand
    elif back and isinstance(by, Literal) and isinstance(by.value, Decimal):
        by = Literal(by.start, by.end, -by.value)
    number = words.say(by, least=SUM + 1)
    shape = MOVED[call.name][back + (0 if number == "1" else 2)]
    return _(shape, start=words.say(start), n=number)


def _written_out(call: Call, words: Words) -> str:
    (text,) = call.args
    if isinstance(text, Literal):
        return str(text.value)
    return _("%(said)s 所写的日期", said=words.say(text))


def _contains(call: Call, words: Words) -> str:
    whole, part = call.args
    return _("%(whole)s 包含 %(part)s", whole=words.say(whole), part=words.say(part, like=words.kind(whole)))


def _joined(call: Call, words: Words) -> str:
    return _("连接（%(texts)s）", texts=listed(words.say(one) for one in call.args))


def _in_brackets(call: Call, words: Words) -> str:
    return _("（%(said)s）", said=listed(words.say(one) for one in call.args))


def _conditions(call: Call, words: Words) -> str:
    table = _table(call)
    columns = words.labels.at.names.tables(table) or {}
    said = (
        f"{words.labels.column(table, code)} = {words.say(one, least=SUM, like=columns.get(code))}"
        for code, one in call.named
    )
    return _(" 且 ").join(said)


def _table(call: Call) -> str:
    found = call.args[0].value if isinstance(call.args[0], Literal) else None
    if not isinstance(found, str):
        raise ValueError
    return found


def _column(call: Call, words: Words) -> str:
    return words.labels.column(_table(call), word(call.args[1]) or "")


def _exists(call: Call, words: Words) -> str:
    table, conditions = words.labels.table(_table(call)), _conditions(call, words)
    if not conditions:
        return _("%(table)s中有记录", table=table)
    return _("%(table)s中有 %(where)s 的记录", table=table, where=conditions)


def _lookup(call: Call, words: Words) -> str:
    return _(
        "%(table)s中 %(key)s 的%(column)s",
        table=words.labels.table(_table(call)),
        key=words.say(call.args[2]),
        column=_column(call, words),
    )


def _lookup_where(call: Call, words: Words) -> str:
    return _(
        "%(table)s中 %(where)s 的%(column)s",
        table=words.labels.table(_table(call)),
        where=_conditions(call, words),
        column=_column(call, words),
    )


def _aggregate(call: Call, words: Words) -> str:
    table, conditions = words.labels.table(_table(call)), _conditions(call, words)
    if len(call.args) < 2:
        if not conditions:
            return _("%(table)s中记录数", table=table)
        return _("%(table)s中 %(where)s 的记录数", table=table, where=conditions)
    shape = FIGURES[call.name][bool(conditions)]
    return _(shape, table=table, where=conditions, column=_column(call, words))


def _overlap(call: Call, words: Words) -> str:
    conditions = _conditions(call, words)
    values = {
        "table": words.labels.table(_table(call)),
        **{hole: words.say(call.args[at]) for hole, at in (("mine", 2), ("start", 5), ("end", 6))},
    }
    if not conditions:
        return _("%(table)s中 %(mine)s 在 %(start)s 至 %(end)s 之间已被占用", **values)
    return _(
        "%(table)s中 %(where)s 的 %(mine)s 在 %(start)s 至 %(end)s 之间已被占用", where=conditions, **values
    )


_SPECIAL: Mapping[str, Callable[[Call, Words], str]] = {
    **dict.fromkeys(OVER_ROWS, _over_rows),
    "count": _count,
    **dict.fromkeys(OF_ROWS, _of_rows),
    "bool": _whole,
    "max": _extreme,
    "min": _extreme,
    "coalesce": _coalesce,
    "date": _written_out,
    "datetime": _written_out,
    **dict.fromkeys(MOVED, _moved),
    "contains": _contains,
    "concat": _joined,
    "list": _in_brackets,
    "exists": _exists,
    "lookup": _lookup,
    "lookup_where": _lookup_where,
    **dict.fromkeys(FIGURES, _aggregate),
    "overlap": _overlap,
}

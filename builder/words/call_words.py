"""Calls of functions in words: how many, the sum of, the day before …"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal

from builder.edits.expression_source import ATOM, EITHER, SUM
from builder.words.name_words import Labels
from runtime.language.expressions.tables import word
from runtime.language.expressions.tree import Call, Literal, Minus, Name, Node
from runtime.language.expressions.types import Type


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
        shape = _SHAPES.get(call.name, {}).get(len(call.args))
    except (IndexError, ValueError):
        return ""
    if shape is None or call.named:
        return ""
    least = ATOM if call.name in _BEHIND or "{0} 的" in shape else EITHER
    return shape.format(*(words.say(one, least=least) for one in call.args))


#: Whose words stand behind the value: without brackets nobody sees how much of it they are about.
_BEHIND = frozenset({"bool", "round", "floor", "ceil", "matches"})
#: By function and number of arguments.
_SHAPES: Mapping[str, Mapping[int, str]] = {
    "today": {0: "今天"},
    "now": {0: "此刻"},
    "if": {3: "（若 {0} 则 {1}，否则 {2}）"},
    "bool": {1: "{0}"},
    "round": {1: "{0} 取整", 2: "{0} 四舍五入到 {1} 位小数"},
    "floor": {1: "{0} 向下取整"},
    "ceil": {1: "{0} 向上取整"},
    "abs": {1: "{0} 的绝对值"},
    "upper_money": {1: "{0} 的大写"},
    "year": {1: "{0} 的年份"},
    "str_year": {1: "{0} 的年份"},
    "month": {1: "{0} 的月份"},
    "day": {1: "{0} 的日"},
    "weekday": {1: "{0} 的星期"},
    "week": {1: "{0} 的周次"},
    "quarter": {1: "{0} 的季度"},
    "date_part": {1: "{0} 的日期"},
    "month_start": {1: "{0} 当月第一天"},
    "month_end": {1: "{0} 当月最后一天"},
    "days_between": {2: "从 {0} 到 {1} 的天数"},
    "hours_between": {2: "从 {0} 到 {1} 的小时数"},
    "minutes_between": {2: "从 {0} 到 {1} 的分钟数"},
    "workdays_between": {2: "从 {0} 到 {1} 的工作日数"},
    "text": {1: "{0} 的文字"},
    "len": {1: "{0} 的长度"},
    "matches": {2: "{0} 符合模式 {1}"},
}
#: Functions over rows, by what follows the rows.
_OVER_ROWS = {
    "sum": "合计",
    "avg": "平均值",
    "max_row": "最大值",
    "min_row": "最小值",
    "distinct_count": "不同值的个数",
}


def _over_rows(call: Call, words: Words) -> str:
    """`sum(lines.amount)`, `sum(lines, row.qty * row.price)`."""
    word_ = _OVER_ROWS[call.name]
    if len(call.args) == 1:
        return f"{words.say(call.args[0])}的{word_}"
    rows, each = call.args
    with words.inside(rows):
        return f"{words.say(rows)}各行（{words.say(each)}）的{word_}"


def _count(call: Call, words: Words) -> str:
    (rows,) = call.args
    return f"{words.say(rows)}的{'行数' if words.kind(rows).kind == 'rows' else '项数'}"


def _of_rows(shape: str) -> Callable[[Call, Words], str]:
    def say(call: Call, words: Words) -> str:
        rows, *parts = call.args
        with words.inside(rows):
            return shape.format(words.say(rows), *(words.say(one) for one in parts))

    return say


def _extreme(call: Call, words: Words) -> str:
    label = "最大值" if call.name == "max" else "最小值"
    if len(call.args) == 1:
        return f"{words.say(call.args[0])}的{label}"
    return f"（{'、'.join(words.say(one) for one in call.args)}）中的{label}"


def _coalesce(call: Call, words: Words) -> str:
    first, *rest = (words.say(one, like=words.kind(call.args[0])) for one in call.args)
    others = "".join(f"，为空时取 {one}" for one in rest)
    return f"（{first}{others}）" if rest else first


def _moved(call: Call, words: Words) -> str:
    start, by = call.args
    unit = " 天" if call.name == "add_days" else " 个月"
    back = isinstance(by, Minus) or (
        isinstance(by, Literal) and isinstance(by.value, Decimal) and by.value < 0
    )
    if isinstance(by, Minus):
        by = by.operand
    elif back and isinstance(by, Literal) and isinstance(by.value, Decimal):
        by = Literal(by.start, by.end, -by.value)
    return f"{words.say(start)}{'前' if back else '后'} {words.say(by, least=SUM + 1)}{unit}"


def _written_out(call: Call, words: Words) -> str:
    (text,) = call.args
    return str(text.value) if isinstance(text, Literal) else f"{words.say(text)} 所写的日期"


def _contains(call: Call, words: Words) -> str:
    whole, part = call.args
    return f"{words.say(whole)} 包含 {words.say(part, like=words.kind(whole))}"


def _joined(call: Call, words: Words) -> str:
    return f"连接（{'、'.join(words.say(one) for one in call.args)}）"


def _listed(call: Call, words: Words) -> str:
    return f"（{'、'.join(words.say(one) for one in call.args)}）"


def _conditions(call: Call, words: Words) -> str:
    table = _table(call)
    columns = words.labels.at.names.tables(table) or {}
    said = (
        f"{words.labels.column(table, code)} = {words.say(one, least=SUM, like=columns.get(code))}"
        for code, one in call.named
    )
    return " 且 ".join(said)


def _table(call: Call) -> str:
    found = call.args[0].value if isinstance(call.args[0], Literal) else None
    if not isinstance(found, str):
        raise ValueError
    return found


def _column(call: Call, words: Words) -> str:
    return words.labels.column(_table(call), word(call.args[1]) or "")


def _exists(call: Call, words: Words) -> str:
    table, conditions = words.labels.table(_table(call)), _conditions(call, words)
    return f"{table}中有{f' {conditions} 的' if conditions else ''}记录"


def _lookup(call: Call, words: Words) -> str:
    return f"{words.labels.table(_table(call))}中 {words.say(call.args[2])} 的{_column(call, words)}"


def _lookup_where(call: Call, words: Words) -> str:
    return f"{words.labels.table(_table(call))}中 {_conditions(call, words)} 的{_column(call, words)}"


def _aggregate(call: Call, words: Words) -> str:
    label = {"sum_of": "合计", "max_of": "最大值", "min_of": "最小值", "count_of": "个数"}[call.name]
    table, conditions = words.labels.table(_table(call)), _conditions(call, words)
    where = f" {conditions} 的" if conditions else ""
    if len(call.args) < 2:
        return f"{table}中{where}记录数"
    return f"{table}中{where}{_column(call, words)}{label}"


def _overlap(call: Call, words: Words) -> str:
    table = words.labels.table(_table(call))
    mine, start, end = (words.say(call.args[at]) for at in (2, 5, 6))
    conditions = _conditions(call, words)
    return f"{table}中{f' {conditions} 的' if conditions else ''} {mine} 在 {start} 至 {end} 之间已被占用"


_SPECIAL: Mapping[str, Callable[[Call, Words], str]] = {
    **dict.fromkeys(_OVER_ROWS, _over_rows),
    "count": _count,
    "count_if": _of_rows("{0}中 {1} 的行数"),
    "sum_if": _of_rows("{0}中 {1} 的行的 {2} 合计"),
    "all_rows": _of_rows("{0}每一行都满足（{1}）"),
    "any_row": _of_rows("{0}有一行满足（{1}）"),
    "max": _extreme,
    "min": _extreme,
    "coalesce": _coalesce,
    "date": _written_out,
    "datetime": _written_out,
    "add_days": _moved,
    "add_months": _moved,
    "contains": _contains,
    "concat": _joined,
    "list": _listed,
    "exists": _exists,
    "lookup": _lookup,
    "lookup_where": _lookup_where,
    "sum_of": _aggregate,
    "max_of": _aggregate,
    "min_of": _aggregate,
    "count_of": _aggregate,
    "overlap": _overlap,
}

"""How functions that read other tables are checked and compiled: each is one question to the ports."""

from collections.abc import Mapping

from runtime.language.expressions import types
from runtime.language.expressions.function import Checking, Value, Writing
from runtime.language.expressions.tree import Call, Literal, Name, Node
from runtime.language.expressions.types import Type
from runtime.language.expressions.unknown import nearest
from runtime.language.speech import _

_WHOLE = types.number(scale=0)


def word(node: Node) -> str | None:
    """Return the code that `node` spells: a literal text or, for a column, a bare name."""
    if isinstance(node, Literal) and isinstance(node.value, str):
        return node.value
    if isinstance(node, Name) and len(node.path) == 1:
        return node.path[0]
    return None


def _columns(call: Call, checking: Checking) -> Mapping[str, Type] | None:
    table = call.args[0]
    if not isinstance(table, Literal) or not isinstance(table.value, str):
        message = _(
            "%(function)s 的第一个参数应直接写底表编码，如 'project' 或 'common_base/project'",
            function=call.name,
        )
        checking.refuse(table, "not_literal", message)
        return None
    columns = checking.names.tables(table.value)
    if columns is None:
        checking.refuse(table, "unknown_table", _("没有名为“%(name)s”的底表", name=table.value))
    return columns


def _column(node: Node, columns: Mapping[str, Type] | None, checking: Checking) -> Type:
    code = word(node)
    if code is None:
        checking.refuse(node, "not_literal", _("这里应直接写字段编码，如 'amount'"))
        return types.ANY
    if columns is None:
        return types.ANY
    if code not in columns:
        checking.refuse(node, "unknown_column", _no_field(code, columns))
        return types.ANY
    return columns[code]


def _no_field(code: str, columns: Mapping[str, Type]) -> str:
    return _("底表没有字段“%(name)s”%(near)s", name=code, near=nearest(code, columns))


def _check_conditions(call: Call, columns: Mapping[str, Type] | None, checking: Checking) -> None:
    for code, node in call.named:
        kind = checking.visit(node)
        if columns is None:
            continue
        if code not in columns:
            checking.refuse(node, "unknown_column", _no_field(code, columns))
            continue
        checking.match(node, (kind.item or types.ANY) if kind.kind == "list" else kind, columns[code])


def check_lookup(call: Call, checking: Checking) -> Type:
    columns = _columns(call, checking)
    result = _column(call.args[1], columns, checking)
    kind = checking.visit(call.args[2])
    if kind.kind in ("list", "rows", "object"):
        checking.refuse(call.args[2], "wrong_type", _("这里应是主键的值，而不是%(kind)s", kind=kind.label))
    if call.named:
        message = _("lookup 按主键查；按条件查请用 lookup_where")
        checking.refuse(call.named[0][1], "no_conditions", message)
    return result


def check_lookup_where(call: Call, checking: Checking) -> Type:
    columns = _columns(call, checking)
    _check_conditions(call, columns, checking)
    if not call.named:
        checking.refuse(call, "no_conditions", _("lookup_where 至少要有一个“字段=值”"))
    return _column(call.args[1], columns, checking)


def check_exists(call: Call, checking: Checking) -> Type:
    _check_conditions(call, _columns(call, checking), checking)
    return types.BOOLEAN


def check_aggregate(call: Call, checking: Checking) -> Type:
    columns = _columns(call, checking)
    _check_conditions(call, columns, checking)
    kind = _column(call.args[1], columns, checking) if len(call.args) > 1 else types.ANY
    if call.name == "sum_of" and not kind.is_a("number"):
        message = _("sum_of 需要数字字段，这里是%(kind)s", kind=kind.label)
        checking.refuse(call.args[1], "wrong_type", message)
    return {"sum_of": types.NUMBER, "count_of": _WHOLE}.get(call.name, kind)


def check_overlap(call: Call, checking: Checking) -> Type:
    columns = _columns(call, checking)
    resource, value, start, end, starts, ends = call.args[1:]
    checking.match(value, checking.visit(value), _column(resource, columns, checking))
    for column, bound in ((start, starts), (end, ends)):
        checking.match(bound, checking.visit(bound), _column(column, columns, checking))
    _check_conditions(call, columns, checking)
    return types.BOOLEAN


def _asked(writing: Writing, *, needed: list[Value], ask: str, otherwise: str, empty: bool) -> Value:
    """Write a call of a port that is made only if no `needed` value is empty."""
    result = writing.fresh()
    tests = [f"{value.atom} is None" for value in needed if value.empty]
    question = f"env.ports.{ask}"
    writing.line(
        f"{result} = {otherwise} if {' or '.join(tests)} else {question}"
        if tests
        else f"{result} = {question}"
    )
    return Value(result, empty)


def _conditions(call: Call, writing: Writing) -> tuple[str, list[Value]]:
    values = [writing.value(node) for _code, node in call.named]
    pairs = (f"{code!r}: {value.atom}" for (code, _node), value in zip(call.named, values, strict=True))
    return f"{{{', '.join(pairs)}}}", values


def write_lookup(call: Call, writing: Writing) -> Value:
    table, column = word(call.args[0]), word(call.args[1])
    key = writing.value(call.args[2])
    ask = f"lookup(table={table!r}, column={column!r}, key={key.atom})"
    return _asked(writing, needed=[key], ask=ask, otherwise="None", empty=True)


def write_lookup_where(call: Call, writing: Writing) -> Value:
    table, column = word(call.args[0]), word(call.args[1])
    conditions, needed = _conditions(call, writing)
    ask = f"lookup_where(table={table!r}, column={column!r}, conditions={conditions})"
    return _asked(writing, needed=needed, ask=ask, otherwise="None", empty=True)


def write_exists(call: Call, writing: Writing) -> Value:
    conditions, needed = _conditions(call, writing)
    ask = f"exists(table={word(call.args[0])!r}, conditions={conditions})"
    return _asked(writing, needed=needed, ask=ask, otherwise="False", empty=False)


def write_aggregate(call: Call, writing: Writing) -> Value:
    kind = call.name.removesuffix("_of")
    column = word(call.args[1]) if len(call.args) > 1 else None
    conditions, needed = _conditions(call, writing)
    counted = kind in ("sum", "count")
    ask = (
        f"aggregate(kind={kind!r}, table={word(call.args[0])!r}, column={column!r}, conditions={conditions})"
    )
    if counted:
        ask += " or ZERO"
    return _asked(writing, needed=needed, ask=ask, otherwise="ZERO" if counted else "None", empty=not counted)


def write_overlap(call: Call, writing: Writing) -> Value:
    table, resource, value, start, end, starts, ends = call.args
    mine, begin, finish = writing.value(value), writing.value(starts), writing.value(ends)
    others, needed = _conditions(call, writing)
    conditions = f"{{**{others}, {word(resource)!r}: {mine.atom}}}"
    ask = (
        f"overlap(table={word(table)!r}, start={word(start)!r}, end={word(end)!r}, "
        f"starts={begin.atom}, ends={finish.atom}, conditions={conditions})"
    )
    return _asked(writing, needed=[mine, begin, finish, *needed], ask=ask, otherwise="False", empty=False)

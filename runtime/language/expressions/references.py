"""What an expression reads: for the order of formulas, the check for cycles and the search for uses."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.language.expressions.functions import FUNCTIONS
from runtime.language.expressions.names import Names
from runtime.language.expressions.tables import word
from runtime.language.expressions.tree import Call, Expression, Literal, Name, Node

_ROW_FUNCTIONS = frozenset(name for name, one in FUNCTIONS.items() if one.family == "重复表")


@dataclass(frozen=True, slots=True)
class References:
    """The names an expression reads, by scope. Whatever follows a second dot is read elsewhere."""

    #: Fields and sub-tables of the record.
    fields: frozenset[str] = frozenset()
    #: (sub-table or lookup field, column); column "*" reads whole rows.
    columns: frozenset[tuple[str, str]] = frozenset()
    #: Columns of the row at hand (not of rows a function runs over: those are in `columns`).
    row: frozenset[str] = frozenset()
    old: frozenset[str] = frozenset()
    form: frozenset[str] = frozenset()
    #: Names after `record.`
    system: frozenset[str] = frozenset()
    #: (table, column) read through functions and live lookups; column "" stands for the table as such.
    tables: frozenset[tuple[str, str]] = frozenset()
    uses_clock: bool = False
    #: `initiator` or anything of theirs.
    uses_initiator: bool = False
    #: `current_user` or anything of theirs.
    uses_user: bool = False
    uses_calendar: bool = False
    uses_flow: bool = False

    @property
    def reads_record(self) -> bool:
        """Tell whether the result depends on the record, its row or its system columns."""
        return bool(self.fields or self.columns or self.row or self.system or self.uses_flow)


@dataclass
class _Found:
    names: dict[str, set[str]] = field(default_factory=dict)
    pairs: dict[str, set[tuple[str, str]]] = field(default_factory=dict)
    functions: set[str] = field(default_factory=set)

    def name(self, scope: str, code: str) -> None:
        self.names.setdefault(scope, set()).add(code)

    def pair(self, scope: str, first: str, second: str) -> None:
        self.pairs.setdefault(scope, set()).add((first, second))


def references(tree: Expression, *, names: Names | None = None) -> References:
    """Return what `tree` reads; with `names`, the tables read through lookup fields too."""
    found = _Found()
    _collect(tree.root, None, found, names)
    reads = {what for name in found.functions if name in FUNCTIONS for what in FUNCTIONS[name].reads}
    return References(
        fields=frozenset(found.names.get("record", ())),
        columns=frozenset(found.pairs.get("columns", ())),
        row=frozenset(found.names.get("row", ())),
        old=frozenset(found.names.get("old", ())),
        form=frozenset(found.names.get("form", ())),
        system=frozenset(found.names.get("system", ())),
        tables=frozenset(found.pairs.get("tables", ())),
        uses_clock="clock" in reads,
        uses_initiator="initiator" in found.names,
        uses_user="current_user" in found.names,
        uses_calendar="calendar" in reads,
        uses_flow="flow" in found.names,
    )


def _collect(node: Node, rows: str | None, found: _Found, names: Names | None) -> None:
    """Collect below `node`; `rows` is the sub-table a function runs over, None at the record's own level."""
    if isinstance(node, Name):
        _name(node.path, rows, found, names)
        return
    if isinstance(node, Call):
        found.functions.add(node.name)
        _tables(node, found)
        if node.name in _ROW_FUNCTIONS and len(node.args) > 1 and isinstance(node.args[0], Name):
            _collect(node.args[0], rows, found, names)
            inside = node.args[0].path[-1] if _is_subtable(node.args[0], names) else rows
            for arg in node.args[1:]:
                _collect(arg, inside, found, names)
            return
        if (
            node.name == "text"
            and len(node.args) == 1
            and isinstance(node.args[0], Name)
            and len(node.args[0].path) == 1
        ):
            found.pair("columns", node.args[0].path[0], "*")
    for part in node.parts():
        if not (isinstance(node, Call) and _names_a_column(node, part)):
            _collect(part, rows, found, names)


def _is_subtable(node: Name, names: Names | None) -> bool:
    # Without names, `max(a, row.b)` cannot be told from `sum(lines, row.b)`; the wider reading is safe.
    if names is None:
        return True
    place = names.form if node.path[0] == "form" and names.form else names
    return node.path[-1] in place.subtables


def _names_a_column(call: Call, part: Node) -> bool:
    """Tell whether `part` is a bare name that spells a column of another table."""
    if call.name not in FUNCTIONS or "tables" not in FUNCTIONS[call.name].reads:
        return False
    places = (1, 3, 4) if call.name == "overlap" else (1,)
    return any(len(call.args) > place and call.args[place] is part for place in places)


def _name(path: tuple[str, ...], rows: str | None, found: _Found, names: Names | None) -> None:
    head, rest = path[0], path[1:]
    if head in ("initiator", "current_user", "flow"):
        found.name(head, "")
    elif head == "record" and rest:
        found.name("system", rest[0])
    elif head == "row" and rest:
        if rows is None:
            found.name("row", rest[0])
        elif rest[0] != "index":
            found.pair("columns", rows, rest[0])
        _live(f"{rows or (names.row if names else '')}.{rest[0]}", rest[1:], found, names)
    elif head in ("old", "form") and rest:
        found.name(head, rest[0])
        _live(rest[0], rest[1:], found, names.old if head == "old" and names else names and names.form)
    else:
        found.name("record", head)
        if rest:
            found.pair("columns", head, rest[0])
        _live(head, rest, found, names)


def _live(code: str, rest: tuple[str, ...], found: _Found, names: Names | None) -> None:
    lookups: Mapping[str, object] = names.lookups if names is not None else {}
    if rest and names is not None and code in lookups:
        found.pair("tables", names.lookups[code].table, rest[0])


def _tables(call: Call, found: _Found) -> None:
    function = FUNCTIONS.get(call.name)
    if function is None or "tables" not in function.reads or not call.args:
        return
    table = call.args[0].value if isinstance(call.args[0], Literal) else None
    if not isinstance(table, str):
        return
    columns = [word(arg) for arg in call.args[1:] if _names_a_column(call, arg)]
    columns += [code for code, _ in call.named]
    found.pair("tables", table, "")
    for column in columns:
        if column:
            found.pair("tables", table, column)

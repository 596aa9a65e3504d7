"""What an expression gives on sample values: made up by type, changed by the person who writes it.

Rows of tables are not read: what an expression asks of other tables is told to be known at run time only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from builder.words.expression_check import Part, Report, names_in, wanted
from builder.words.expression_words import grouped
from builder.words.name_words import Labels
from builder.words.sample_values import WrongSample, made_up, read_sample
from runtime.language.expressions import (
    FUNCTIONS,
    Env,
    EvaluationError,
    ExpressionError,
    Type,
    compile_expression,
    compile_template,
    show_value,
)
from runtime.language.expressions.names import Meaning
from runtime.language.expressions.tree import Call, walk
from runtime.language.expressions.types import list_of
from runtime.language.speech import _
from runtime.records.surroundings import Surroundings

#: Inputs that a page shows at most.
MOST_INPUTS = 60
_ROWS = Type("number", scale=0)
_SCOPES = ("record", "row", "old", "form", "system", "flow")


@dataclass(frozen=True, slots=True)
class Input:
    """A sample value that the expression reads, as a small input shows it."""

    path: str
    label: str
    #: Kind of value: "number", "date", "choice", "list", "rows" …
    kind: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came out: the value for people, or why there is none."""

    text: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Where:
    """What a sample value is the value of."""

    #: As `Meaning` has it: "record", "row", "old" …
    scope: str
    code: str
    #: Of the rows of `code`: the column, empty for how many there are; None for no rows.
    column: str | None = None
    #: The column read through the look-up `code`.
    read: str = ""


@dataclass
class Sample:
    """The values of one trial."""

    report: Report
    labels: Labels
    ports: "SamplePorts"
    given: Mapping[str, str]
    inputs: dict[str, Input] = field(default_factory=dict)
    values: dict[_Where, Any] = field(default_factory=dict)
    #: Something is read through a look-up of each row.
    row_lookups: bool = False

    def collect(self) -> None:
        """Find what the expression reads, and a value for each."""
        for part in self.report.parts:
            for node, meaning, rows, loop in names_in(part, self.labels.at.row or ""):
                if len(self.inputs) < MOST_INPUTS:
                    self._name(node.dotted, meaning, rows if loop else "")

    def result(self, want: str) -> Result:
        """Return what the expression gives."""
        if not self.report.ok:
            return Result(note=_("表达式还有问题，改好后可以看到结果"))
        if any(one.problem for one in self.inputs.values()):
            return Result(note=_("请先改正示例值"))
        if late := self._late():
            return Result(note=late)
        try:
            return self._evaluated(want)
        except (EvaluationError, ExpressionError) as error:
            return Result(note=str(error)[:200])
        except (ArithmeticError, ValueError, TypeError):
            return Result(note=_("这些示例值算不出结果"))

    def _name(self, dotted: str, meaning: Meaning, loop: str) -> None:
        if meaning.scope in ("initiator", "current_user") or (meaning.scope, meaning.code) == (
            "row",
            "index",
        ):
            return
        path, kind, code = dotted, meaning.type, meaning.code or ""
        where = _Where(meaning.scope, code, meaning.column, meaning.read or "")
        if meaning.person is not None:
            path, kind, where = dotted.rpartition(".")[0], Type("user"), _Where(meaning.scope, code)
        if loop and meaning.scope == "row":
            if meaning.lookup is not None:
                self.row_lookups = True
                return
            path, kind, where = f"{loop}.{code}", list_of(kind), _Where("record", loop, code)
        label = self.labels.name(meaning, rows=loop or self.labels.at.row or "")
        if kind.kind == "rows":
            where = _Where(meaning.scope, code, "")
            self._input(f"{path}.", _("%(label)s的行数", label=label), _ROWS, where)
        else:
            self._input(path, label, kind, where)

    def _input(self, path: str, label: str, kind: Type, where: _Where) -> None:
        if path in self.inputs:
            return
        choices = self.labels.choices(kind)
        text = self.given.get(path)
        if text is None:
            text = "2" if where.column == "" else made_up(kind, tuple(choices), self.ports)
        problem, value = "", None
        try:
            value = read_sample(text, kind, self.ports.zone)
        except WrongSample as error:
            problem = str(error)
        word = "choice" if choices and kind.kind == "text" else kind.kind
        word = "rows" if where.column == "" else word
        self.inputs[path] = Input(path, label, word, text, tuple(choices.items()), problem)
        self.values[where] = value

    def _late(self) -> str:
        reads: set[str] = set()
        for part in self.report.parts:
            reads |= {what for name in _functions(part) for what in FUNCTIONS[name].reads}
        if "tables" in reads:
            return _("要查其他表，运行时才能算出结果")
        if self.row_lookups:
            return _("要逐行查其他表，运行时才能算出结果")
        return _("要查工作日历，运行时才能算出结果") if "calendar" in reads else ""

    def _evaluated(self, want: str) -> Result:
        env, names = self._env(), self.labels.at.names
        if self.labels.at.template:
            return Result(compile_template(self.report.source, names=names).render(env))
        compiled = compile_expression(self.report.source, names=names, want=wanted(want))
        value = compiled.evaluate(env)
        if compiled.type.kind == "boolean":
            return Result(_("成立") if value else _("不成立"))
        if isinstance(value, Decimal | int) and not compiled.type.style:
            return Result(grouped(Decimal(value)))
        shown = show_value(env, None, compiled.type, value)
        return Result(shown) if shown else Result(note=_("结果为空"))

    def _env(self) -> Env:
        places: dict[str, dict[str, Any]] = {one: {} for one in _SCOPES}
        for where, value in self.values.items():
            if where.column is not None:
                _put_rows(places[where.scope], where, value)
            elif not where.read:
                places[where.scope][where.code] = value
        # After the look-ups' own values: an empty one points at nothing.
        for number, (where, value) in enumerate(self.values.items()):
            if where.read:
                self._answer(places[where.scope], where, value, number)
        return Env(
            self.ports,
            places["record"],
            row=places["row"],
            old=places["old"],
            form=places["form"],
            system=places["system"],
            flow=places["flow"],
        )

    def _answer(self, place: dict[str, Any], where: _Where, value: Any, number: int) -> None:
        """Let the ports answer what is read through a look-up; what it points at tells look-ups apart."""
        if place.setdefault(where.code, _("示例")) is None:
            return
        ref = place.setdefault(f"{where.code}_ref", number)
        self.ports.answers[ref, where.read] = value


@dataclass(frozen=True, kw_only=True)
class SamplePorts(Surroundings):
    """What an expression may ask on trial: the organisation and the moment are real, tables are not read."""

    #: Values read through look-ups, by what they point at and column.
    answers: dict[tuple[int, str], Any] = field(default_factory=dict)

    def live(self, *, column: str, ref: int | None, **_asked: Any) -> Any:
        """Return the sample value of a column read through a look-up."""
        return None if ref is None else self.answers.get((ref, column))

    def lookup(self, **_asked: Any) -> Any:
        """Return nothing; see `Sample`."""

    def lookup_where(self, **_asked: Any) -> Any:
        """Return nothing."""

    def exists(self, **_asked: Any) -> bool:
        """Return nothing."""
        return False

    def aggregate(self, **_asked: Any) -> Any:
        """Return nothing."""

    def overlap(self, **_asked: Any) -> bool:
        """Return nothing."""
        return False


def _put_rows(place: dict[str, Any], where: _Where, value: Any) -> None:
    """Put the cells of a column among the rows of a record, or so many rows."""
    count = len(value or ()) if where.column else max(0, min(int(value or 0), 50))
    rows = place.setdefault(where.code, [])
    rows.extend({} for _row in range(count - len(rows)))
    for row, cell in zip(rows, (value or ()) if where.column else (), strict=False):
        row[where.column] = cell


def _functions(part: Part) -> set[str]:
    return {one.name for one in walk(part.tree.root) if isinstance(one, Call) and one.name in FUNCTIONS}

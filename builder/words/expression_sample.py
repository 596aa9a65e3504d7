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
from runtime.records.surroundings import Surroundings

#: Inputs that a page shows at most.
MOST_INPUTS = 60
_ROWS = Type("number", scale=0)


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


@dataclass
class Sample:
    """The values of one trial."""

    report: Report
    labels: Labels
    ports: "SamplePorts"
    given: Mapping[str, str]
    inputs: dict[str, Input] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    def collect(self) -> None:
        """Find what the expression reads, and a value for each."""
        for part in self.report.parts:
            for node, meaning, rows, loop in names_in(part, self.labels.at.row or ""):
                if len(self.inputs) < MOST_INPUTS:
                    self._name(node.dotted, meaning, rows if loop else "")

    def result(self, want: str) -> Result:
        """Return what the expression gives."""
        if not self.report.ok:
            return Result(note="表达式还有问题，改好后可以看到结果")
        if any(one.problem for one in self.inputs.values()):
            return Result(note="请先改正示例值")
        if late := self._late():
            return Result(note=late)
        try:
            return self._evaluated(want)
        except (EvaluationError, ExpressionError) as error:
            return Result(note=str(error)[:200])
        except (ArithmeticError, ValueError, TypeError):
            return Result(note="这些示例值算不出结果")

    def _name(self, dotted: str, meaning: Meaning, loop: str) -> None:
        if meaning.scope in ("initiator", "current_user") or (meaning.scope, meaning.code) == (
            "row",
            "index",
        ):
            return
        path, kind = dotted, meaning.type
        if loop and meaning.scope == "row":
            path, kind = f"{loop}.{meaning.code}", list_of(meaning.type)
        elif meaning.person is not None:
            path, kind = dotted.rpartition(".")[0], Type("user")
        label = self.labels.name(meaning, rows=loop or self.labels.at.row or "")
        if kind.kind == "rows":
            kind = _ROWS
            self._input(f"{path}.", f"{label}的行数", kind, "rows")
        else:
            self._input(path, label, kind, "")

    def _input(self, path: str, label: str, kind: Type, shown: str) -> None:
        if path in self.inputs:
            return
        choices = self.labels.choices(kind)
        text = self.given.get(path)
        if text is None:
            text = "2" if shown == "rows" else made_up(kind, tuple(choices), self.ports)
        problem, value = "", None
        try:
            value = read_sample(text, kind, self.ports.zone)
        except WrongSample as error:
            problem = str(error)
        word = shown or ("choice" if choices and kind.kind == "text" else kind.kind)
        self.inputs[path] = Input(path, label, word, text, tuple(choices.items()), problem)
        self.values[path] = value

    def _late(self) -> str:
        reads: set[str] = set()
        for part in self.report.parts:
            reads |= {what for name in _functions(part) for what in FUNCTIONS[name].reads}
        if "tables" in reads:
            return "要查其他表，运行时才能算出结果"
        return "要查工作日历，运行时才能算出结果" if "calendar" in reads else ""

    def _evaluated(self, want: str) -> Result:
        env, names = self._env(), self.labels.at.names
        if self.labels.at.template:
            return Result(compile_template(self.report.source, names=names).render(env))
        compiled = compile_expression(self.report.source, names=names, want=wanted(want))
        value = compiled.evaluate(env)
        if compiled.type.kind == "boolean":
            return Result("成立" if value else "不成立")
        if isinstance(value, Decimal | int) and not compiled.type.style:
            return Result(grouped(Decimal(value)))
        shown = show_value(env, None, compiled.type, value)
        return Result(shown) if shown else Result(note="结果为空")

    def _env(self) -> Env:
        places: dict[str, dict[str, Any]] = {one: {} for one in ("", "row", "old", "form", "record", "flow")}
        for path, value in self.values.items():
            head, _, rest = path.partition(".")
            if head in places and rest:
                self._put(places[head], rest, value)
            else:
                self._put(places[""], path, value)
        return Env(
            self.ports,
            places[""],
            row=places["row"],
            old=places["old"],
            form=places["form"],
            system=places["record"],
            flow=places["flow"],
        )

    def _put(self, place: dict[str, Any], path: str, value: Any) -> None:
        """Put a value among those of a record; columns become rows."""
        code, dot, column = path.partition(".")
        if not dot:
            place[code] = value
            return
        if column and not isinstance(value, list):  # read through a look-up: the ports answer it
            place.setdefault(code, "示例")
            self.ports.answers[column] = value
            return
        cells = value if isinstance(value, list) else [None] * max(0, min(int(value or 0), 50))
        rows = place.setdefault(code, [])
        while len(rows) < len(cells):
            rows.append({})
        for row, cell in zip(rows, cells, strict=False):
            if column:
                row[column] = cell


@dataclass(frozen=True, kw_only=True)
class SamplePorts(Surroundings):
    """What an expression may ask on trial: the organisation and the moment are real, tables are not read."""

    #: Values read through look-ups, by column.
    answers: dict[str, Any] = field(default_factory=dict)

    def live(self, *, column: str, **_: Any) -> Any:
        """Return the sample value of a column read through a look-up."""
        return self.answers.get(column)

    def lookup(self, **_: Any) -> Any:
        """Return nothing; see `Sample`."""

    def lookup_where(self, **_: Any) -> Any:
        """Return nothing."""

    def exists(self, **_: Any) -> bool:
        """Return nothing."""
        return False

    def aggregate(self, **_: Any) -> Any:
        """Return nothing."""

    def overlap(self, **_: Any) -> bool:
        """Return nothing."""
        return False


def _functions(part: Part) -> set[str]:
    return {one.name for one in walk(part.tree.root) if isinstance(one, Call) and one.name in FUNCTIONS}

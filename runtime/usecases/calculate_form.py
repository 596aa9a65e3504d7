"""Compute a form while somebody fills it in; nothing is stored."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from runtime.fields.lookup import fills
from runtime.language.problem import Problem
from runtime.language.whole_number import whole_number
from runtime.records.cells import Cell, cells
from runtime.records.compiled import CompiledEntity
from runtime.running.context import Clock, Context, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.form_model import FormCell
from runtime.running.form_place import FormPlace, OpenForm, open_form
from runtime.running.totals import totals
from runtime.store.reading import reading
from runtime.store.session import Session

#: Lookups that are looked at as chosen just now: a form with a sub-table of many rows, pasted at once.
MOST_PICKED = 2_000


@dataclass(frozen=True, slots=True)
class Shown:
    """A value as people read it, and as an input takes it."""

    text: str
    raw: Any = None
    #: Id of a lookup's row.
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said of a place of the form."""

    path: str
    message: str
    #: `error` will stop the submission, `warn` only tells.
    level: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """What follows from what was typed. Keys are paths: `$.amount`, `$.items[0].qty`, `$.items`."""

    #: Given back as it came: an answer that is older than the last question is dropped.
    seq: int
    #: Computed cells, and sums of columns (`$.items.amount`); never what can be typed in.
    cells: dict[str, Shown] = field(default_factory=dict)
    #: Inputs that the lookups just `picked` fill in.
    fills: dict[str, Shown] = field(default_factory=dict)
    #: What has a condition: whether it holds now.
    visible: dict[str, bool] = field(default_factory=dict)
    required: dict[str, bool] = field(default_factory=dict)
    readonly: dict[str, bool] = field(default_factory=dict)
    messages: tuple[Message, ...] = ()


def calculate_form(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    place: FormPlace,
    posted: object,
    seq: int = 0,
    picked: Sequence[str] = (),
) -> Calculated:
    """Return what follows from the answers so far; `picked` are paths of lookups chosen just now.

    :raises NotFound: if there is no such form for this person.
    :raises Forbidden: if the person may not fill it in.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        return calculated(context, open_form(context, place), posted=posted, seq=seq, picked=picked)


def calculated(
    context: Context, opened: OpenForm, *, posted: object, seq: int = 0, picked: Sequence[str] = ()
) -> Calculated:
    """Return what follows from the answers of a form that is open."""
    form = opened.form
    picked = tuple(dict.fromkeys(picked))[:MOST_PICKED]
    asked = _without_filled(form.entity, posted, picked)
    answers = form.live(asked, _without(opened.before, picked))
    drawing = Drawing(context, form.entity, answers.values, form.rights, form.env)
    told = _Told(drawing, frozenset(picked))
    found = [(one, "error") for one in answers.problems] + [(one, "warn") for one in answers.warnings]
    return Calculated(
        seq=seq,
        cells=told.cells() | {path: Shown(text) for path, text in totals(drawing).items()},
        fills=told.fills(),
        visible=told.visible(),
        required=told.required(),
        readonly=told.readonly(),
        messages=tuple(told.messages(found)),
    )


@dataclass(frozen=True)
class _Told:
    """The answer, cut to what the person may see."""

    drawing: Drawing
    picked: frozenset[str]

    def cells(self) -> dict[str, Shown]:
        """Return what the system computes, as it stands now."""
        drawing, editable = self.drawing, self.drawing.rights.editable
        seen = (
            cell
            for cell in self._seen()
            if cell.field.path in drawing.followers and cell.field.path not in editable
        )
        return {cell.path: _shown(drawing.cell(cell, path=cell.path)) for cell in seen}

    def fills(self) -> dict[str, Shown]:
        """Return the inputs that the lookups chosen just now fill in."""
        drawing = self.drawing
        paths = {path for path in self.picked for path in _filled_by(drawing.entity, path)}
        seen = (cell for cell in self._seen() if cell.path in paths)
        return {
            cell.path: _shown(drawing.cell(cell, path=cell.path))
            for cell in seen
            if cell.field.path in drawing.rights.editable
        }

    def visible(self) -> dict[str, bool]:
        """Return where `visible_if` holds, of what has one."""
        drawing = self.drawing
        found = {cell.path: True for cell in self._seen() if cell.field.visible_if}
        found |= {
            f"$.{code}": True
            for code, one in drawing.entity.subtables.items()
            if one.visible_if and not drawing.hidden(code)
        }
        return {path: path not in drawing.conditions.invisible for path in found}

    def required(self) -> dict[str, bool]:
        """Return whether an answer is wanted, of what has a `required_if`."""
        drawing = self.drawing
        return {
            cell.path: drawing.required(cell.field, cell.path)
            for cell in self._seen()
            if cell.field.required_if and cell.field.path in drawing.rights.editable
        }

    def readonly(self) -> dict[str, bool]:
        """Return whether it is locked now, of what has a `readonly_if`."""
        drawing = self.drawing
        return {
            cell.path: cell.path in drawing.conditions.readonly
            for cell in self._seen()
            if cell.field.readonly_if and cell.field.path in drawing.rights.editable
        }

    def messages(self, found: Iterable[tuple[Problem, str]]) -> Iterable[Message]:
        """Yield what the checks say, but of what the person must not know."""
        hidden = {f"$.{code}" for code in self.drawing.entity.subtables if self.drawing.hidden(code)} | {
            cell.path for cell in cells(self.drawing.entity, self.drawing.values) if self._is_hidden(cell)
        }
        for problem, level in found:
            if problem.path not in hidden:
                yield Message(problem.path, problem.message, level)

    def _seen(self) -> Iterable[Cell]:
        visible = cells(self.drawing.entity, self.drawing.seen)
        return (cell for cell in visible if not self._is_hidden(cell))

    def _is_hidden(self, cell: Cell) -> bool:
        return self.drawing.hidden(cell.field.path)


def _shown(cell: FormCell) -> Shown:
    return Shown(cell.text, cell.raw, cell.ref)


def _filled_by(entity: CompiledEntity, path: str) -> tuple[str, ...]:
    """Return the paths that the lookup at `path` fills in."""
    holder, _, code = path.removeprefix("$.").rpartition(".")
    subtable = entity.subtables.get(holder.partition("[")[0])
    fields = subtable.columns if subtable else entity.fields
    one = fields.get(code)
    if one is None or one.field.type != "lookup":
        return ()
    return tuple(f"{path.removesuffix(code)}{ours}" for ours in fills(one.field) if ours in fields)


def _without_filled(entity: CompiledEntity, posted: object, picked: Sequence[str]) -> object:
    """Return the answers without what the lookups chosen just now fill in: it is not anybody's answer yet."""
    for path in (filled for one in picked for filled in _filled_by(entity, one)):
        posted = _changed(posted, path, remove=True)
    return posted


def _without(before: Mapping[str, Any], picked: Sequence[str]) -> Mapping[str, Any]:
    """Return the values as if the lookups chosen just now had been empty: choosing again fills in again."""
    result: Any = before
    for path in picked:
        result = _changed(result, path, remove=False)
    values: Mapping[str, Any] = result
    return values


def _changed(values: Any, path: str, *, remove: bool) -> Any:
    """Return a copy of `values` in which the cell at `path` is missing, or empty."""
    holder, _, code = path.removeprefix("$.").rpartition(".")
    name, bracket, number = holder.partition("[")
    if not isinstance(values, Mapping):
        return values
    if not bracket:
        kept = {key: value for key, value in values.items() if key != code}
        return kept if remove or code not in values else {**values, code: None}
    rows, index = values.get(name), whole_number(number.removesuffix("]"))
    if not isinstance(rows, list) or index is None or index >= len(rows):
        return values
    changed = _changed(rows[index], f"$.{code}", remove=remove)
    return {**values, name: [*rows[:index], changed, *rows[index + 1 :]]}

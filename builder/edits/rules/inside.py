"""Inside a rule: when it fires, what it does, and which columns it compares and writes."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar

from builder.edits.documents import Documents, with_file
from builder.edits.edit import Edit
from builder.edits.expression_source import written_text
from builder.edits.place import Step, gone, with_value
from builder.edits.rules.place import object_at, put_into, taken_out_of
from builder.edits.rules.read import WRITES
from builder.edits.rules.whole import rules_file
from runtime.language.refusal import Refused
from runtime.language.schemas.rule import COMMON
from runtime.language.speech import _
from runtime.packs.vocabulary import VOCABULARY

#: Mappings from columns to expressions.
GRIDS = ("match", *WRITES)


@dataclass(frozen=True)
class SetTrigger(Edit):
    """Say what fires a rule; one of another flow or table moves to the file of that one's rules."""

    do: ClassVar[str] = "rule_trigger"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]
    by: str
    trigger: str
    on: Any

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the trigger, and the rule where rules of that trigger stand.

        :raises Refused: if it is no trigger.
        :raises Conflict: if the rule has gone.
        """
        found = object_at(documents, self.file, self.place)
        if self.by not in ("flow", "source") or not self.trigger:
            raise Refused("no_trigger", _("请选择由哪个流程或哪张表触发。"))
        before = (found.get("flow"), found.get("source"))
        made: dict[str, Any] = {}
        for key, one in found.items():
            if key == "on":
                made["on"] = self.on
            elif key not in ("flow", "source"):
                made[key] = one
            elif self.by not in made:
                made[self.by] = self.trigger
        made = {**made, "on": self.on, self.by: self.trigger}
        file = rules_file(self.trigger)
        if (made.get("flow"), made.get("source")) == before or file == self.file:
            changed = with_value(documents[self.file], self.place, made)
            return with_file(documents, self.file, changed)
        return put_into(taken_out_of(documents, self.file, self.place), file, made)

    @property
    def label(self) -> str:
        """What was set."""
        return _("修改触发 %(rule)s", rule=self.place[0]) if self.place else _("修改触发")


@dataclass(frozen=True)
class SetAction(Edit):
    """Say what a rule does; what the new action does not know goes."""

    do: ClassVar[str] = "rule_action"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]
    action: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the action.

        :raises Refused: if there is no such action.
        """
        found = object_at(documents, self.file, self.place)
        word = VOCABULARY.actions.get(self.action)
        if word is None:
            raise Refused("no_action", _("没有这种动作。"))
        kept = {key: one for key, one in found.items() if key in COMMON or key in word.keys}
        changed = with_value(documents[self.file], self.place, {**kept, "do": self.action})
        return with_file(documents, self.file, changed)

    @property
    def label(self) -> str:
        """What was set."""
        return _("修改动作 %(rule)s", rule=self.place[0]) if self.place else _("修改动作")


@dataclass(frozen=True)
class SetColumn(Edit):
    """Write one row of a rule's columns: which column, what happens to it, from which expression.

    `grid` is the mapping it stands in (`match`, `set`, `add`, `subtract`), `column` the one it is about; one
    that is not there yet is added. `to_grid` and `to_column` move it; its place among the others stays.
    """

    do: ClassVar[str] = "rule_column"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]
    grid: str
    column: str
    #: The expression, or a constant (`constant` says so): a text, or a number to be read as one.
    source: str | None = None
    constant: str | None = None
    to_grid: str | None = None
    to_column: str | None = None

    def apply(self, documents: Documents) -> Documents:
        """Return the documents with the row.

        :raises Refused: if the column is written already, or the constant is no number.
        """
        found = object_at(documents, self.file, self.place)
        grid, column = self.to_grid or self.grid, self.to_column or self.column
        if self.grid not in GRIDS or grid not in GRIDS:
            raise gone((self.grid,))
        here, there = _grid(found, self.grid), _grid(found, grid)
        moved = (grid, column) != (self.grid, self.column)
        others = WRITES if grid in WRITES else ("match",)
        taken = {one for key in others for one in _grid(found, key)}
        if column in taken and (self.column not in here or column != self.column):
            raise Refused("written_twice", _("%(column)s 已经有一行了。", column=column))
        value = self._value(here.get(self.column, "null"))
        if not moved:
            there = {**there, column: value}
        elif grid == self.grid:
            there = {column if key == self.column else key: one for key, one in here.items()}
            there[column] = value
        else:
            there = {**there, column: value}
        rule = dict(found)
        if moved and grid != self.grid:
            _put(rule, self.grid, {key: one for key, one in here.items() if key != self.column})
        _put(rule, grid, there)
        return with_file(documents, self.file, with_value(documents[self.file], self.place, rule))

    def _value(self, before: Any) -> Any:
        if self.constant is not None:
            return written_text(self.constant)
        return before if self.source is None else _plain(self.source)

    @property
    def label(self) -> str:
        """What was written."""
        rule = self.place[0] if self.place else ""
        return _("修改 %(what)s", what=f"{rule} › {self.to_column or self.column}")


@dataclass(frozen=True)
class RemoveColumn(Edit):
    """Take a row out of a rule's columns."""

    do: ClassVar[str] = "rule_column_off"
    of: ClassVar[frozenset[str]] = frozenset({"rule"})
    place: tuple[Step, ...]
    grid: str
    column: str

    def apply(self, documents: Documents) -> Documents:
        """Return the documents without it.

        :raises Conflict: if it has gone.
        """
        found = object_at(documents, self.file, self.place)
        here = _grid(found, self.grid)
        if self.column not in here or self.grid not in GRIDS:
            raise gone((*self.place, self.grid, self.column))
        rule = dict(found)
        _put(rule, self.grid, {key: one for key, one in here.items() if key != self.column})
        return with_file(documents, self.file, with_value(documents[self.file], self.place, rule))

    @property
    def label(self) -> str:
        """What was taken out."""
        return _("删除 %(what)s", what=f"{self.place[0] if self.place else ''} › {self.column}")


def _grid(rule: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = rule.get(key)
    return dict(found) if isinstance(found, Mapping) else {}


def _put(rule: dict[str, Any], key: str, columns: dict[str, Any]) -> None:
    """Write a mapping of a rule; an empty one goes."""
    if columns:
        rule[key] = columns
    else:
        rule.pop(key, None)


def _plain(source: str) -> Any:
    """Return an expression as documents hold it: plain numbers and truths without quotes."""
    stripped = source.strip()
    if stripped in ("true", "false"):
        return stripped == "true"
    try:
        number = Decimal(stripped) if stripped[:1] in "-0123456789" else None
    except InvalidOperation:
        number = None
    if number is None or not stripped or format(number, "f") != stripped:
        return source
    return int(number) if number == number.to_integral_value() and "." not in stripped else number

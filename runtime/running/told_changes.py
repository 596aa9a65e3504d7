"""The history of a record in words: what changed, as far as the viewer may know of it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from runtime.fields.field_type import InvalidValue
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity, CompiledField, CompiledSubTable
from runtime.records.rights import FieldRights, within
from runtime.running.context import Context
from runtime.running.list_columns import STATES


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Telling:
    """What one viewer is told of the changes of one record."""

    context: Context
    entity: CompiledEntity
    rights: FieldRights

    def changes(self, changes: Mapping[str, Any]) -> tuple[Change, ...]:
        """Return the changes of a revision; hidden and untracked fields are left out, masked ones masked."""
        return tuple(self._told(changes))

    def shows(self, code: str) -> bool:
        """Tell whether the viewer may know of a field of this code."""
        return code in self.entity.fields and not within(code, self.rights.hidden)

    def value(self, code: str | None, written: Any) -> str:
        """Return a value that the ledger holds (as `FieldType.dump` wrote it), of a field that is shown."""
        one = self.entity.fields.get(code or "")
        if one is None or written is None or not self.shows(one.code):
            return ""
        try:
            return self._shown(one, one.kind.parse(one.field, written, self.context.reading))
        except InvalidValue:
            return ""  # the field was of another type then

    def amount(self, code: str | None, written: str | None) -> str:
        """Return what was added, with its sign; nothing where the value itself is masked."""
        one = self.entity.fields.get(code or "")
        if one is None or written is None or not self.shows(one.code):
            return ""
        if within(one.path, self.rights.masked):
            return one.kind.mask(one.field, written)
        added = Decimal(written)
        return f"{'+' if added > 0 else ''}{one.kind.say(one.field, added, self.context.reading)}"

    def _told(self, changes: Mapping[str, Any]) -> Iterator[Change]:
        # In the order of the form: JSON of PostgreSQL has none of its own.
        for name, field in self.entity.fields.items():
            if name in changes:
                yield from self._cell(field, "", *changes[name])
        for name, subtable in self.entity.subtables.items():
            yield from self._rows(subtable, changes.get(name, {}))
        for name in ("state", "owner", "deleted"):
            if f"record.{name}" in changes:
                yield from self._system(name, *changes[f"record.{name}"])

    def _cell(self, one: CompiledField, place: str, before: Any, after: Any) -> Iterator[Change]:
        if one.field.track and not within(one.path, self.rights.hidden):
            texts = (self._shown(one, stored_value(one, value)) for value in (before, after))
            yield Change(f"{place}{one.field.label}", *texts)

    def _rows(self, one: CompiledSubTable, change: Mapping[str, Any]) -> Iterator[Change]:
        if one.code in self.rights.hidden:
            return
        label = one.subtable.label
        for row in change.get("removed", ()):
            yield Change(_("%(table)s：删除一行", table=label), self._row(one, row), "")
        for row in change.get("added", ()):
            yield Change(_("%(table)s：新增一行", table=label), "", self._row(one, row))
        for _row, cells in sorted(change.get("changed", {}).items(), key=lambda row: int(row[0])):
            for code, column in one.columns.items():
                if code in cells:
                    yield from self._cell(column, f"{label} · ", *cells[code])

    def _row(self, one: CompiledSubTable, row: Mapping[str, Any]) -> str:
        seen = (column for column in one.columns.values() if not within(column.path, self.rights.hidden))
        texts = ((column, self._shown(column, stored_value(column, row.get(column.code)))) for column in seen)
        told = (
            _("%(label)s：%(value)s", label=column.field.label, value=text) for column, text in texts if text
        )
        return _("；").join(told)

    def _shown(self, one: CompiledField, value: Any) -> str:
        if value is None:
            return ""
        if within(one.path, self.rights.masked):
            return one.kind.mask(one.field, value)
        return one.kind.say(one.field, value, self.context.reading)

    def _system(self, name: str, before: Any, after: Any) -> Iterator[Change]:
        directory = self.context.directory
        if name == "state":
            yield Change(_("状态"), _(STATES.get(before, "")), _(STATES.get(after, "")))
        elif name == "deleted":
            was = "" if before is False else _("已删除")
            yield Change(_("记录"), was, _("已删除") if after else _("已恢复"))
        elif name == "owner":
            people = (directory.by_id(number) for number in (before, after))
            yield Change(_("负责人"), *(person.name if person else "" for person in people))


def stored_value(one: CompiledField, written: Any) -> Any:
    """Return a value from the JSON it was stored as; text where the field was of another type then."""
    if written is None:
        return None
    try:
        return _FROM_JSON.get(one.kind.storage(one.field).kind, _as_it_is)(written)
    except (ValueError, ArithmeticError, TypeError):
        return None


def _as_it_is(written: Any) -> Any:
    return written


_FROM_JSON: Mapping[str, Any] = {
    "decimal": Decimal,
    "integer": int,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
}

"""What a record holds in fields that its form no longer has (旧版字段), as far as somebody may see it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from runtime.language.app import Permission
from runtime.language.refusal import NotFound
from runtime.packs.compiled_app import CompiledApp
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.records.rights import FieldRights, expanded, reader_rights, within
from runtime.running.context import Context
from runtime.store import former_columns, releases
from runtime.store.access import ADMINISTRATORS, Access, Standing
from runtime.store.former_columns import Former
from runtime.store.grants import Grants, is_given


@dataclass(frozen=True, slots=True)
class FormerField:
    """One value of a field that is no longer there, or was of another type."""

    label: str
    text: str
    #: Label of the sub-table and number of the row that it stood in; empty and 0 for a field of the form.
    rows: str
    row: int
    #: Number of the last release that had the field so.
    release: int


def former_fields(
    context: Context, access: Access, standing: Standing, record: Record
) -> tuple[FormerField, ...]:
    """Return what the record holds in former fields.

    Shown is what the last release with the field would have let the person see: what any of their permissions
    hid then stays hidden. Of a field that is only of another type today, today's rights count as well.
    """
    found = former_columns.read(context.tx, access.there, record.id or 0)
    if not found:
        return ()
    known = {one.number: one.id for one in releases.releases(context.tx, access.there.app)}
    return tuple(_Former(context, access, standing, record, known).told(found))


@dataclass(frozen=True)
class _Former:
    context: Context
    access: Access
    standing: Standing
    record: Record
    #: Release id by number.
    known: dict[int, int]

    def told(self, found: list[Former]) -> Iterator[FormerField]:
        seen: dict[int, tuple[CompiledEntity, FieldRights] | None] = {}
        for one in found:
            number = one.removed - 1
            if number not in seen:
                seen[number] = self._then(number)
            then = seen[number]
            if then is not None and (line := self._line(one, number, *then)):
                yield line

    def _line(
        self, one: Former, number: int, entity: CompiledEntity, rights: FieldRights
    ) -> FormerField | None:
        rows = entity.subtables.get(one.rows)
        field = rows.columns.get(one.field) if rows else entity.fields.get(one.field)
        if field is None or (one.rows and rows is None):
            return None
        if within(field.path, rights.hidden | self._barred.hidden):
            return None
        # Values are compared as they are written, in whatever language they are then said.
        text = field.kind.show(field.field, one.value, self.context.reading)
        if not text or text == self._today(one):
            return None  # converted without loss: today's field says it
        if within(field.path, rights.masked | self._barred.masked):
            text = field.kind.mask(field.field, one.value)
        else:
            text = field.kind.say(field.field, one.value, self.context.reading)
        label = field.field.label
        if rows is None:
            return FormerField(label, text, "", 0, number)
        return FormerField(label, text, rows.subtable.label, one.row, number)

    @cached_property
    def _barred(self) -> FieldRights:
        """What today's permissions keep from the person; of fields that are gone they say nothing."""
        return self.access.rights(self.standing)

    def _today(self, one: Former) -> str:
        """Return what the field of the same name says today; empty where there is none."""
        entity, values = self.access.entity, self.record.values
        if not one.rows:
            field = entity.fields.get(one.field)
            return field.kind.show(field.field, values.get(one.field), self.context.reading) if field else ""
        rows = entity.subtables.get(one.rows)
        kept = values.get(one.rows) or ()
        field = rows.columns.get(one.field) if rows else None
        if field is None or one.row > len(kept):
            return ""
        return field.kind.show(field.field, kept[one.row - 1].get(one.field), self.context.reading)

    def _then(self, number: int) -> tuple[CompiledEntity, FieldRights] | None:
        """Return the form as a release had it, with the person's rights to its fields then."""
        if number not in self.known:
            return None
        try:
            app = self.context.world.release(self.context.tx, self.known[number])
        except NotFound:
            return None
        entity = app.entities.get(self.access.entity.entity.code)
        return (entity, self._rights(app, entity)) if entity else None

    def _rights(self, app: CompiledApp, entity: CompiledEntity) -> FieldRights:
        plain, actor, directory = reader_rights(entity), self.context.actor, self.context.directory
        if actor is None or actor.code in directory.members(ADMINISTRATORS):
            return plain
        grants = [one for one in Grants([app.app]).on(entity.path) if "view" in one.permission.can]
        own = [one.permission for one in grants if is_given(one, actor, directory)]
        asked: list[Permission] = own or [one.permission for one in grants]
        hidden = plain.hidden.union(*(expanded(entity, one.hide) for one in asked))
        masked = plain.masked.union(*(expanded(entity, one.mask) for one in asked))
        if not any("view" in one.can for one in self.standing.permissions):
            flows = [flow for flow in app.app.flows if flow.form == entity.entity.code]
            hides = [flow.start.hide for flow in flows]
            hides += [node.hide for flow in flows for node in flow.nodes]
            hidden = hidden.union(*(expanded(entity, one) for one in hides))
        return FieldRights(hidden=hidden, masked=masked - hidden)

"""The permission seam: which records of an entity a person may see, and what they may do with them.

Whatever leaves for a person – page, list, export, picker – asks here. Rules, formulas and guards do not: they
work on true values. Rows are a union of grants; the fields of a row follow from the grants that give that
row (`records.rights`). A member of the role `system_admin` sees and does everything: somebody must be able to
put things right, and what they do is on the record like everybody's.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlalchemy import ColumnElement, and_, exists, false, or_, select

from runtime.language.app import Permission
from runtime.language.directory import Directory, Person
from runtime.language.refusal import Forbidden, NotFound
from runtime.language.speech import _
from runtime.records.compiled import CompiledEntity
from runtime.records.record import Record
from runtime.records.rights import FieldRights, reader_rights, visible_values, within
from runtime.store import records
from runtime.store.entity_tables import EntityTable
from runtime.store.grants import Grant, Where, is_given, scope_clause
from runtime.store.session import Session
from runtime.store.states import RecordState
from runtime.store.tables import flow_case, task

VERBS = ("view", "pick", "create", "edit", "delete", "import", "export", "print")
ADMINISTRATORS = "system_admin"


@dataclass(frozen=True, slots=True)
class Standing:
    """How a person stands to one record."""

    #: The permissions that give the record.
    permissions: tuple[Permission, ...]
    #: Had a task or notice in its case, started it, or is writing it as a draft.
    takes_part: bool

    def can(self, verb: str) -> bool:
        """Say whether the person may; who takes part may view and print."""
        given = any(verb in permission.can for permission in self.permissions)
        return given or (self.takes_part and verb in ("view", "print"))


class Access:
    """What one person may do with the records of one entity."""

    def __init__(
        self,
        tx: Session,
        *,
        there: EntityTable,
        entity: CompiledEntity,
        viewer: Person,
        directory: Directory,
        grants: Sequence[Grant],
        where: Where,
        part: FieldRights | None = None,
    ) -> None:
        """`grants` are all on the entity; which of them are this person's is found out here.

        `part` is what somebody sees of a record that only their part in its case lets them read.
        """
        self.tx = tx
        self.there = there
        self.entity = entity
        self.viewer = viewer
        self._directory = directory
        self._where = where
        self._part = part or reader_rights(entity)
        if viewer.active and viewer.code in directory.members(ADMINISTRATORS):
            everything = Permission(who=ADMINISTRATORS, on=(there.path,), scope="all", can=VERBS)
            self._grants: tuple[Grant, ...] = (Grant(there.app, everything),)
        else:
            self._grants = tuple(grant for grant in grants if is_given(grant, viewer, directory))

    def may(self, verb: str) -> bool:
        """Say whether there is any record, now or later, with which the person may do this."""
        return bool(self._given(verb))

    def given(self, verb: str) -> tuple[Permission, ...]:
        """Return the person's permissions to do this with some records."""
        return tuple(grant.permission for grant in self._given(verb))

    def rows_clause(self, verb: str = "view") -> ColumnElement[bool]:
        """Return the condition of the records with which the person may do this; none of them is deleted."""
        given = [self._rows(grant) for grant in self._given(verb)]
        if verb in ("view", "print"):
            given.append(self._takes_part)
        return and_(self._exists, or_(false(), *given))

    def marks(self, verb: str = "view") -> list[tuple[Permission, ColumnElement[bool]]]:
        """Return, for lists, the permissions that may give a row, each with its condition.

        Empty if all rows look alike to this person, and nothing needs asking row by row.
        """
        given = self._given(verb)
        asks = any(grant.permission.hide or grant.permission.mask for grant in given)
        if not asks and (verb not in ("view", "print") or self._part == reader_rights(self.entity)):
            return []
        return [(grant.permission, self._rows(grant)) for grant in given]

    def rights_by(self, permissions: Sequence[Permission]) -> FieldRights:
        """Return the rights to a row that these permissions give; without any, that one's part gives."""
        return reader_rights(self.entity, permissions) if permissions else self._part

    def unseen(self, verb: str = "view") -> frozenset[str]:
        """Return the fields that the person sees of no record at all."""
        rights = reader_rights(self.entity, self.given(verb)) if self.may(verb) else self._part
        # Only in cases does one take part: a part gives rows of forms, never of base tables.
        takes_part = verb in ("view", "print") and self.there.kind == "form"
        return rights.either(self._part).hidden if takes_part else rights.hidden

    def standing(self, record_id: int) -> Standing:
        """Return how the person stands to the record; one statement.

        :raises NotFound: if it does not exist or the person may not know of it.
        """
        table = self.there.table
        asked = [self._takes_part, *(self._rows(grant) for grant in self._grants)]
        columns = [clause.label(f"held_{at}") for at, clause in enumerate(asked)]
        row = self.tx.execute(select(*columns).where(table.c.id == record_id, self._exists)).one_or_none()
        if row is None or not any(row):
            raise NotFound("no_such_record", _("这条记录不存在，或您无权查看。"))
        held = [grant.permission for grant, holds in zip(self._grants, row[1:], strict=True) if holds]
        return Standing(tuple(held), bool(row[0]))

    def require(self, verb: str, record_id: int) -> Standing:
        """Return how the person stands to a record with which they may do this.

        :raises NotFound: if the person may not know of the record.
        :raises Forbidden: if they may see it, but not do this.
        """
        standing = self.standing(record_id)
        if standing.can(verb):
            return standing
        if standing.can("view") or standing.can("pick"):
            raise Forbidden("not_granted", _not_granted(verb))
        raise NotFound("no_such_record", _("这条记录不存在，或您无权查看。"))

    def can(self, verb: str, record: Record) -> bool:
        """Say whether the person may do this with the record."""
        try:
            return self.standing(record.id or 0).can(verb)
        except NotFound:
            return False

    def rights(self, standing: Standing) -> FieldRights:
        """Return which fields of a record the person sees hidden or masked."""
        views = [one for one in standing.permissions if "view" in one.can]
        if not standing.takes_part:
            return reader_rights(self.entity, views)
        return reader_rights(self.entity, views).either(self._part) if views else self._part

    def read(self, record_id: int) -> tuple[Record, FieldRights]:
        """Return the record as the person may see it: hidden values are missing, masked ones are `Masked`.

        :raises NotFound: if the person may not know of it.
        """
        rights = self.rights(self.require("view", record_id))
        found = records.read(self.tx, self.there, record_id)
        return replace(found, values=visible_values(self.entity, found.values, rights=rights)), rights

    def is_open(self, name: str) -> bool:
        """Say whether the person sees this field of every record they see.

        Only by such fields may they search, filter and sort: the order of rows tells hidden values too.
        """
        return name.startswith("record.") or not within(name.removesuffix("_ref"), self._concealed)

    @cached_property
    def _concealed(self) -> frozenset[str]:
        rights = [reader_rights(self.entity, [one]) for one in self.given("pick")]
        if not any(one.scope == "all" and one.where is None for one in self.given("view")):
            rights.append(self._part)  # some rows may come by the person's part alone
        return frozenset().union(*(one.hidden | one.masked for one in rights))

    def _given(self, verb: str) -> tuple[Grant, ...]:
        """Return the grants for a verb; who may see a row may pick it."""
        verbs = {"pick", "view"} if verb == "pick" else {verb}
        return tuple(grant for grant in self._grants if verbs & set(grant.permission.can))

    @property
    def _exists(self) -> ColumnElement[bool]:
        table = self.there.table.c
        own = table.s_created_by == self.viewer.id
        return and_(table.s_deleted_at.is_(None), or_(table.s_state != RecordState.DRAFT.value, own))

    @property
    def _takes_part(self) -> ColumnElement[bool]:
        table = self.there.table.c
        draft = and_(table.s_state == RecordState.DRAFT.value, table.s_created_by == self.viewer.id)
        if self.there.kind != "form":
            return draft
        mine = or_(task.c.assignee == self.viewer.id, task.c.behalf == self.viewer.id)
        had_task = exists().where(task.c.case_id == flow_case.c.id, mine)
        case = exists().where(
            flow_case.c.entity == self.there.number,
            flow_case.c.record_id == table.id,
            or_(flow_case.c.initiator == self.viewer.id, had_task),
        )
        return or_(draft, case)

    def _rows(self, grant: Grant) -> ColumnElement[bool]:
        scope = scope_clause(grant, self.there, viewer=self.viewer, directory=self._directory)
        if grant.permission.where is None:
            return scope
        return and_(scope, self._where(grant, self.there))


def _not_granted(verb: str) -> str:
    return {
        "view": _("您没有查看这条记录的权限，请联系管理员授权。"),
        "pick": _("您没有选用这条记录的权限，请联系管理员授权。"),
        "create": _("您没有新增这条记录的权限，请联系管理员授权。"),
        "edit": _("您没有修改这条记录的权限，请联系管理员授权。"),
        "delete": _("您没有删除这条记录的权限，请联系管理员授权。"),
        "import": _("您没有导入这条记录的权限，请联系管理员授权。"),
        "export": _("您没有导出这条记录的权限，请联系管理员授权。"),
        "print": _("您没有打印这条记录的权限，请联系管理员授权。"),
    }[verb]

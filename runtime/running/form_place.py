"""Where somebody fills in a form: at the start, in a case, in a base table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from runtime.language.expressions import Env
from runtime.language.refusal import Forbidden, Refused
from runtime.language.speech import _
from runtime.records.record import Record
from runtime.records.rights import editor_rights
from runtime.running.access import access_to
from runtime.running.case_view import case_to_fill_in
from runtime.running.context import Context
from runtime.running.form import Form
from runtime.running.record_env import record_env
from runtime.running.start_case import Starting, flow_of
from runtime.store import records


@dataclass(frozen=True, slots=True)
class AtStart:
    """A new form, nothing stored yet."""

    app: str
    flow: str


@dataclass(frozen=True, slots=True)
class AtCase:
    """A draft, a returned case, or a task at a node."""

    case_id: int
    task_id: int | None = None


@dataclass(frozen=True, slots=True)
class AtRecord:
    """A record of a base table; without an id a new one."""

    #: `pack/table`.
    entity: str
    record_id: int | None = None


FormPlace = AtStart | AtCase | AtRecord


@dataclass(frozen=True)
class OpenForm:
    """A form that somebody may fill in, and what stands in it before they do."""

    form: Form
    before: Mapping[str, Any]
    record: Record | None = None


def open_form(context: Context, place: FormPlace) -> OpenForm:
    """Return the form at this place with the acting person's rights.

    :raises NotFound: if there is no such place, or the person may not know of it.
    :raises Forbidden: if the person may not fill it in.
    """
    match place:
        case AtStart():
            return _at_start(context, place)
        case AtCase():
            case = case_to_fill_in(context, case_id=place.case_id, task_id=place.task_id)
            return OpenForm(case.form(), case.record.values, case.record)
        case AtRecord():
            return _at_record(context, place)


def _at_start(context: Context, place: AtStart) -> OpenForm:
    release = flow_of(context, place.app, place.flow)
    if context.actor is None:
        raise Forbidden("nobody", _("只有人员可以填写表单。"))
    form = Starting(context, release, place.flow, context.actor).form()
    return OpenForm(form, form.blank())


def _at_record(context: Context, place: AtRecord) -> OpenForm:
    access = access_to(context, place.entity)
    entity = context.world.entity(place.entity)
    if entity.entity.kind == "form":
        raise Refused("has_flow", _("“%(form)s”由流程产生，请在单据里办理。", form=entity.entity.name))
    if place.record_id is None:
        given = access.given("create")
        if not given:
            message = _("您没有新增“%(table)s”的权限，请联系管理员授权。", table=entity.entity.name)
            raise Forbidden("not_granted", message)
        rights = editor_rights(entity, given)
        env = Env(ports=context.ports(entity.pack, initiator=context.actor_code, own=(entity.path, None)))
        form = Form(context, entity, env, rights)
        return OpenForm(form, form.blank())
    standing = access.require("edit", place.record_id)
    record = records.read(context.tx, access.there, place.record_id)
    rights = editor_rights(entity, [one for one in standing.permissions if "edit" in one.can])
    ports = context.ports(entity.pack, initiator=context.actor_code, own=(entity.path, record.id))
    env = record_env(record, ports=ports, directory=context.directory)
    return OpenForm(Form(context, entity, env, rights, stored=True), record.values, record)

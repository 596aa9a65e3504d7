"""A form of a draft as somebody would see it at a node, and what follows from what they type."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from builder.edits.loadable import loadable
from builder.store import drafts
from builder.usecases.designing import designer
from runtime.language.app import App
from runtime.language.expressions import Env, ExpressionError
from runtime.language.refusal import NotFound, Refused
from runtime.packs.world import World
from runtime.records.rights import FieldRights, editor_rights, node_rights, start_rights
from runtime.running.context import Clock, Context, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form import Form
from runtime.running.form_model import FormModel
from runtime.running.form_place import OpenForm
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.usecases.calculate_form import Calculated, calculated
from runtime.usecases.pick_records import PickPage
from runtime.usecases.pick_records import picked as picked_rows

START = "start"


@dataclass(frozen=True, slots=True)
class Seat:
    """From where a form is looked at: which form, at which node of which flow, by whom."""

    form: str
    #: Empty: the form has no flow; who fills it in may fill in everything.
    flow: str = ""
    node: str = START
    #: Code of the person; empty is whoever looks.
    person: str = ""


def preview_form(*, session: Session, clock: Clock, actor: int, app: str, seat: Seat) -> FormModel:
    """Return the blank form with the rights of a seat.

    :raises NotFound: if there is no such app, form, flow or node.
    :raises Refused: if the draft is not far enough to be shown; says why.
    """
    with _seated(session, clock, actor, app, seat) as (context, opened):
        form = opened.form
        return draw_form(Drawing(context, form.entity, opened.before, form.rights, form.env))


def preview_calculation(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    seat: Seat,
    posted: object,
    seq: int = 0,
    picked: Sequence[str] = (),
) -> Calculated:
    """Return what follows from the answers so far; as `preview_form` otherwise."""
    with _seated(session, clock, actor, app, seat) as (context, opened):
        return calculated(context, opened, posted=posted, seq=seq, picked=picked)


def preview_pick(
    *, session: Session, clock: Clock, actor: int, app: str, seat: Seat, **asked: Any
) -> PickPage:
    """Return the rows that the seat may choose in a lookup; `asked` as `pick_records` takes it."""
    with _seated(session, clock, actor, app, seat) as (context, opened):
        return picked_rows(context, opened, **asked)


@contextmanager
def _seated(
    session: Session, clock: Clock, actor: int, app: str, seat: Seat
) -> Iterator[tuple[Context, OpenForm]]:
    with reading(session) as tx:
        who = designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        if draft is None:
            raise NotFound("no_such_app", f"没有应用“{app}”。")
        readable, _problems = loadable(draft.documents)
        seated = who.directory.person(seat.person) if seat.person else who.person
        if seated is None:
            raise NotFound("no_such_person", "没有这个人员。")
        context = open_context(tx, clock=clock, actor=seated.id)
        if readable is None:
            raise Refused("not_readable", "草稿还不能显示，请先解决问题清单中的问题。")
        try:
            context = replace(context, world=_with(context.world, app, readable))
            yield context, _opened(context, readable, seat)
        except (ExpressionError, LookupError) as error:
            told = "草稿中还有公式或引用有误，暂时不能预览；请先在问题清单中解决。"
            raise Refused("not_ready", told) from error


def _with(world: World, code: str, app: App) -> World:
    """Return the installed apps with the draft in the place of its release. Numbers only tell them apart."""
    apps = {**world.apps, code: app}
    return World({name: (-number, one) for number, (name, one) in enumerate(apps.items(), start=1)})


def _opened(context: Context, app: App, seat: Seat) -> OpenForm:
    compiled = context.world.app(app.code)
    entity = compiled.entities.get(seat.form)
    if entity is None:
        raise NotFound("no_such_form", f"没有表单“{seat.form}”。")
    rights: FieldRights = editor_rights(entity)
    node = None
    if seat.flow:
        flow = app.flow(seat.flow)
        if flow is None or flow.form != seat.form:
            raise NotFound("no_such_flow", f"没有流程“{seat.flow}”。")
        found = flow.node(seat.node)
        if found is None and seat.node != START:
            raise NotFound("no_such_node", f"没有节点“{seat.node}”。")
        rights = node_rights(entity, found) if found else start_rights(entity, flow.start)
        node = found.code if found else None
    ports = context.ports(app.code, initiator=context.actor_code, own=(entity.path, None))
    form = Form(context, entity, Env(ports=ports), rights, node)
    return OpenForm(form, form.blank())

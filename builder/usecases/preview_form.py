"""A form of a draft as somebody would see it at a node, and what follows from what they type.

The seat decides what can be filled in, and whose defaults stand there. What is read from tables is read with
the eyes of the designer, by the permissions that are installed: neither another person's seat nor a draft
shows anybody what they may not see.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from builder.store import drafts
from builder.store.drafted import drafted
from builder.store.seen_reads import SeenForm, SeenReads, Sight
from builder.usecases.designing import designer
from runtime.fields.field_type import Reading
from runtime.language.directory import Person
from runtime.language.expressions import Env, ExpressionError
from runtime.language.refusal import NotFound, Refused
from runtime.language.speech import _
from runtime.packs.compiled_app import CompiledApp
from runtime.packs.world import World
from runtime.records.compiled import CompiledEntity
from runtime.records.rights import FieldRights, editor_rights, node_rights, start_rights
from runtime.running.context import Clock, Context, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form_model import FormModel
from runtime.running.form_place import OpenForm
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.usecases.calculate_form import Calculated, Message, calculated
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


@dataclass(frozen=True)
class Previewing(Context):
    """A designer at work: rows and permissions as they are installed, words as the draft has them."""

    drafted: World

    @cached_property
    def reading(self) -> Reading:
        """What field types look things up in; dictionaries may be new in the draft."""
        return Reading(self.directory, self.drafted.dictionary, self.clock.zone)


@dataclass(frozen=True, slots=True)
class _Seated:
    """A form that is looked at."""

    context: Context
    opened: OpenForm
    sight: Sight


def preview_form(*, session: Session, clock: Clock, actor: int, app: str, seat: Seat) -> FormModel:
    """Return the blank form with the rights of a seat.

    :raises NotFound: if there is no such app, form, flow, node or person.
    :raises Refused: if the draft is not far enough to be shown; says why.
    """
    with _seated(session, clock, actor, app, seat) as found, _in_words():
        form = found.opened.form
        return draw_form(Drawing(found.context, form.entity, found.opened.before, form.rights, form.env))


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
    with _seated(session, clock, actor, app, seat) as found, _in_words():
        answer = calculated(found.context, found.opened, posted=posted, seq=seq, picked=picked)
        if not found.sight.withheld:
            return answer
        withheld = _("预览按您自己的权限取数：部分取数的列您无权查看，已留空；系统管理员可以预览完整的结果。")
        return replace(answer, messages=(*answer.messages, Message("$", withheld, "warn")))


def preview_pick(
    *, session: Session, clock: Clock, actor: int, app: str, seat: Seat, **asked: Any
) -> PickPage:
    """Return the rows that the designer may choose in a lookup; `asked` as `pick_records` takes it."""
    with _seated(session, clock, actor, app, seat) as found, _in_words():
        return picked_rows(found.context, found.opened, only_open=not found.sight.whole, **asked)


@contextmanager
def _seated(session: Session, clock: Clock, actor: int, app: str, seat: Seat) -> Iterator[_Seated]:
    with reading(session) as tx:
        who = designer(tx, actor=actor)
        draft = drafts.read(tx, app)
        if draft is None:
            raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
        person = who.directory.person(seat.person) if seat.person else who.person
        if person is None or not person.active:
            raise NotFound("no_such_person", _("没有这个人员。"))
        context = open_context(tx, clock=clock, actor=actor)
        world = drafted(context.world, draft)
        if world is None:
            raise Refused("not_readable", _("草稿还不能显示，请先解决问题清单中的问题。"))
        yield _sit(context, world, app, seat, person)


@contextmanager
def _in_words() -> Iterator[None]:
    """Say it in words if an expression of the draft turns out to be none."""
    try:
        yield
    except ExpressionError as error:
        raise _not_ready() from error


def _not_ready() -> Refused:
    return Refused("not_ready", _("草稿中还有公式或引用有误，暂时不能预览；请先在问题清单中解决。"))


def _sit(context: Context, world: World, app: str, seat: Seat, person: Person) -> _Seated:
    try:
        compiled = world.app(app)
        entity, rights, node = _place(compiled, seat)
    except (ExpressionError, LookupError) as error:
        raise _not_ready() from error
    seen = Previewing(
        *(context.tx, context.clock, context.actor, context.directory, context.world, context.tables),
        drafted=world,
    )
    # Permissions go by what is installed, their words included.
    sight = Sight(context)
    ports = SeenReads(
        reading=seen.reading,
        moment=context.clock.moment,
        calendar=context.ports(app).calendar,
        initiator=person.code,
        current_user=person.code,
        tx=context.tx,
        app=app,
        tables=context.tables,
        key=world.key,
        own=(entity.path, None),
        sight=sight,
    )
    form = SeenForm(seen, entity, Env(ports=ports), rights, node, sight=sight)
    with _in_words():
        return _Seated(seen, OpenForm(form, form.blank()), sight)


def _place(app: CompiledApp, seat: Seat) -> tuple[CompiledEntity, FieldRights, str | None]:
    """Return the form of a seat, what can be filled in there, and the node that is worked at."""
    entity = app.entities.get(seat.form)
    if entity is None:
        raise NotFound("no_such_form", _("没有表单“%(form)s”。", form=seat.form))
    if not seat.flow:
        return entity, editor_rights(entity), None
    flow = app.app.flow(seat.flow)
    if flow is None or flow.form != seat.form:
        raise NotFound("no_such_flow", _("没有流程“%(flow)s”。", flow=seat.flow))
    found = flow.node(seat.node)
    if found is None and seat.node != START:
        raise NotFound("no_such_node", _("没有节点“%(node)s”。", node=seat.node))
    if found is None:
        return entity, start_rights(entity, flow.start), None
    return entity, node_rights(entity, found), found.code

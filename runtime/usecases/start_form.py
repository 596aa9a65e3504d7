"""Open a new form: what its initiator sees before anything is typed."""

from dataclasses import dataclass

from runtime.running.context import Clock, open_context
from runtime.running.draw_cell import Drawing
from runtime.running.draw_form import draw_form
from runtime.running.form_model import FormModel
from runtime.running.form_place import AtStart, open_form
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class StartedForm:
    """A form that nobody has saved yet."""

    app: str
    app_name: str
    flow: str
    flow_name: str
    #: Name of the person's company; empty without one.
    company: str
    form: FormModel


def start_form(*, session: Session, clock: Clock, actor: int, app: str, flow: str) -> StartedForm:
    """Return the blank form of a flow, with defaults and formulas.

    :raises NotFound: if there is no such flow.
    :raises Forbidden: if the person may not start it.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        opened = open_form(context, AtStart(app, flow))
        form = opened.form
        drawing = Drawing(context, form.entity, opened.before, form.rights, form.env)
        release = context.world.app(app)
        return StartedForm(
            app=app,
            app_name=release.app.manifest.name,
            flow=flow,
            flow_name=release.flows[flow].flow.name,
            company=context.company_of(context.actor_code),
            form=draw_form(drawing),
        )

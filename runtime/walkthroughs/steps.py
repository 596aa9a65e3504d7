"""What each kind of step does, through the use cases that the pages call."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import uuid4

from runtime.language.directory import Person
from runtime.language.speech import _, listed
from runtime.running.form_place import AtCase, AtStart
from runtime.usecases.act_on_task import Action, act_on_task
from runtime.usecases.comment_on_case import comment_on_case
from runtime.usecases.save_draft import save_draft
from runtime.usecases.submit_form import submit_form
from runtime.usecases.withdraw_case import withdraw_case
from runtime.walkthroughs.held import held, latest_task, waiting
from runtime.walkthroughs.posted import posted
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript
from runtime.walkthroughs.table_steps import create, delete, edit, look_at
from runtime.walkthroughs.uploads import Uploader


def play_step(scene: Scene, step: Mapping[str, Any]) -> None:
    """Do what a step says; a step without a verb only moves the clock.

    :raises Refused: as the use case refuses it.
    :raises WrongScript: if the step names somebody or something that is not there.
    """
    deeds = step.keys() - _BESIDES
    verb = next((verb for verb in VERBS if verb in deeds), None)
    if verb is not None:
        VERBS[verb](scene, step)
    elif deeds:
        raise WrongScript(
            _("走查还不能做“%(deeds)s”，可以做 %(verbs)s", deeds=listed(sorted(deeds)), verbs=listed(VERBS))
        )


def _submit(scene: Scene, step: Mapping[str, Any]) -> None:
    _hand_in(scene, step, str(step["submit"]), submit_form)


def _save(scene: Scene, step: Mapping[str, Any]) -> None:
    _hand_in(scene, step, str(step["save"]), save_draft)


def _hand_in(scene: Scene, step: Mapping[str, Any], name: str, use_case: Callable[..., Any]) -> None:
    """Fill in the form; a case that waits for its initiator is corrected, else a new one begins."""
    person = scene.people(str(step["as"]))[0]
    flow = scene.app.ref(name)
    found = waiting(scene, scene.case(step), person, flow)
    if found is not None and found.task is not None and use_case is submit_form:
        uploader = Uploader(person.id, AtCase(found.case, found.task))
        values = posted(scene, step, found.entity, found.values, uploader)
        _act(scene, person, found.task, Action("submit", posted=values))
        scene.worked_on(step, found.case)
        return
    pack, _slash, code = flow.partition("/")
    with scene.context() as context:
        app = context.world.app(pack)
    if code not in app.flows:
        raise WrongScript(_("没有“%(flow)s”这个流程", flow=flow))
    before = found.values if found else {}
    place = AtCase(found.case) if found else AtStart(pack, code)
    values = posted(scene, step, app.form_of(code), before, Uploader(person.id, place))
    with scene.session() as session:
        outcome = use_case(
            session=session,
            clock=scene.clock,
            actor=person.id,
            app=pack,
            flow=code,
            posted=values,
            token=uuid4().hex,
            case_id=found.case if found else None,
        )
    scene.worked_on(step, outcome.case_id)


def _do(scene: Scene, step: Mapping[str, Any]) -> None:
    case_id = scene.case(step)
    if case_id is None:
        raise WrongScript(_("还没有单据可以办理"))
    people = scene.people(str(step["as"]))
    if step["do"] in ("withdraw", "comment"):
        _on_case(scene, step, case_id, people[0])
    else:
        _on_tasks(scene, step, case_id, people)
    scene.worked_on(step, case_id)


def _on_case(scene: Scene, step: Mapping[str, Any], case_id: int, person: Person) -> None:
    text = str(step.get("opinion", ""))
    common: dict[str, Any] = {
        "clock": scene.clock,
        "actor": person.id,
        "case_id": case_id,
        "token": uuid4().hex,
    }
    with scene.session() as session:
        if step["do"] == "withdraw":
            withdraw_case(session=session, reason=text, **common)
        else:
            comment_on_case(session=session, text=text, **common)


def _on_tasks(scene: Scene, step: Mapping[str, Any], case_id: int, people: tuple[Person, ...]) -> None:
    """Act on the latest task of the person; of a role, of each whose open task the visit still asks for."""
    node = str(step.get("at", ""))
    acted = False
    for person in people:
        number = latest_task(scene, case_id, node, person, only_open=len(people) > 1)
        if number is not None:
            acted = True
            _handle(scene, step, case_id, person, number)
    if acted:
        return
    # None of them has such a task: the use case says so, as it would to somebody who guessed its address.
    number = latest_task(scene, case_id, node, None)
    if number is None:
        raise WrongScript(_("单据没有到过“%(node)s”，那里没有待办", node=node))
    _handle(scene, step, case_id, people[0], number)


def _handle(scene: Scene, step: Mapping[str, Any], case_id: int, person: Person, task_id: int) -> None:
    found = held(scene, case_id)
    uploader = Uploader(person.id, AtCase(case_id, task_id))
    action = Action(
        do=str(step["do"]),
        opinion=str(step.get("opinion", "")),
        to=str(step.get("to", "start")),
        posted=posted(scene, step, found.entity, found.values, uploader),
    )
    _act(scene, person, task_id, action)


def _act(scene: Scene, person: Person, task_id: int, action: Action) -> None:
    with scene.session() as session:
        act_on_task(
            session=session,
            clock=scene.clock,
            actor=person.id,
            task_id=task_id,
            action=action,
            token=uuid4().hex,
        )


#: What a step may say besides what it does.
_BESIDES = frozenset(
    {"as", "clock", "note", "refused", "message", "expect"}
    | {"case", "at", "to", "data", "files", "opinion", "match"}
)

#: In the order of the reference.
VERBS: Mapping[str, Callable[[Scene, Mapping[str, Any]], None]] = {
    "submit": _submit,
    "save": _save,
    "do": _do,
    "create": create,
    "open": look_at,
    "edit": edit,
    "delete": delete,
}

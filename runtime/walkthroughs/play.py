"""Plays one walk-through step by step and says where it left the script."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from runtime.language.app import App, Walkthrough
from runtime.language.kept_speech import glued
from runtime.language.problem import Problem
from runtime.language.refusal import Conflict, Forbidden, InvalidAnswers, NotFound, Refused
from runtime.language.speech import _, listed
from runtime.running.context import SYSTEM, Clock, open_context
from runtime.running.system_rows import enter_rows
from runtime.store.transaction import transaction
from runtime.walkthroughs.expectations import differences
from runtime.walkthroughs.scene import Scene
from runtime.walkthroughs.script import WrongScript, clock_at, why_skipped
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.steps import VERBS, play_step
from runtime.walkthroughs.story import Story, Told
from runtime.walkthroughs.uploads import Uploader, uploaded

#: Refusals less exact than by their code.
_FAMILIES: Mapping[type[Refused], str] = {NotFound: "not_found", Forbidden: "forbidden", Conflict: "conflict"}


def play(app: App, walkthrough: Walkthrough, stages: Stages, *, now: Clock) -> Story:
    """Return a walk-through as it was played on a fresh stage, up to the first step that went wrong.

    `now` is the time of those that do not say when they begin.
    """
    story = Story(app.code, walkthrough.name, skipped=why_skipped(app, walkthrough))
    if story.skipped is not None:
        return story
    with stages.open() as stage:
        for told in _played(Scene(app, stage, now), walkthrough):
            story.told.append(told)
            if told.wrong:
                break
    return story


def _played(scene: Scene, walkthrough: Walkthrough) -> Iterator[Told]:
    given = listed(walkthrough.given) or _("无")
    yield Told(_("准备数据：%(tables)s", tables=given), tuple(_given(scene, walkthrough)))
    for number, step in enumerate(walkthrough.steps, start=1):
        yield Told(glued(f"{number}. ", _said(step)), tuple(_step(scene, step)))
    if walkthrough.expect:
        yield Told(_("最后核对"), tuple(_wrong(scene, walkthrough.expect, since="given")))


def _given(scene: Scene, walkthrough: Walkthrough) -> Iterator[str]:
    """Set the clock and enter the rows."""
    try:
        if walkthrough.clock:
            scene.clock = clock_at(walkthrough.clock, zone=scene.clock.zone)
        for table, rows in walkthrough.given.items():
            yield from _entered(scene, table, rows)
        scene.remember_given(walkthrough)
    except WrongScript as error:
        yield error.message


def _entered(scene: Scene, table: str, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    path = scene.path(table)
    with scene.context() as context:
        entity = context.world.entity(path)
    entered = [uploaded(scene, entity, row, by=Uploader()) for row in rows]
    try:
        with scene.session() as session, transaction(session) as tx:
            enter_rows(open_context(tx, clock=scene.clock, actor=SYSTEM), path, entered)
    except InvalidAnswers as error:
        yield from (glued(f"{table} {one.path}: ", one.message, f" [{one.code}]") for one in error.problems)
    except Refused as error:
        yield glued(f"{table} ", error.message)


def _step(scene: Scene, step: Mapping[str, Any]) -> Iterator[str]:
    try:
        if "clock" in step:
            scene.clock = clock_at(step["clock"], zone=scene.clock.zone)
        scene.begin_step(step)
    except WrongScript as error:
        yield error.message
        return
    wrong = list(_deed(scene, step))
    yield from wrong or _wrong(scene, step.get("expect") or {}, since="step")


def _deed(scene: Scene, step: Mapping[str, Any]) -> Iterator[str]:
    refused = step.get("refused")
    try:
        play_step(scene, step)
    except Refused as error:
        if refused is None:
            why, codes = _texts(error), listed(_reasons(error))
            yield _("被拒绝：%(why)s [%(codes)s]", why=why, codes=codes)
        else:
            yield from _otherwise_refused(error, str(refused), step.get("message"))
    except WrongScript as error:
        yield error.message
    else:
        if refused is not None:
            yield _("应被拒绝（%(code)s），却做成了", code=refused)


def _wrong(scene: Scene, expect: Mapping[str, Any], *, since: str) -> Iterator[str]:
    try:
        yield from differences(scene, expect, since=since)
    except WrongScript as error:
        yield error.message


def _otherwise_refused(error: Refused, refused: str, message: str | None) -> Iterator[str]:
    reasons = _reasons(error)
    if refused not in reasons:
        codes = listed(reasons)
        yield _("应因 %(code)s 被拒绝，实为 %(codes)s：%(why)s", code=refused, codes=codes, why=_texts(error))
    elif message and message not in _texts(error):
        yield _("提示中应有“%(message)s”，实为“%(found)s”", message=message, found=_texts(error))


def _reasons(error: Refused) -> list[str]:
    """Return what the refusal may be called: its code, its problems' codes, its family."""
    codes = [problem.code for problem in _problems(error)] or [error.code]
    families = [name for kind, name in _FAMILIES.items() if isinstance(error, kind)]
    return list(dict.fromkeys([*codes, *families]))


def _texts(error: Refused) -> str:
    return _("；").join(problem.message for problem in _problems(error)) or error.message


def _problems(error: Refused) -> tuple[Problem, ...]:
    return error.problems if isinstance(error, InvalidAnswers) else ()


def _said(step: Mapping[str, Any]) -> str:
    verb = next((verb for verb in VERBS if verb in step), None)
    if verb is None:
        return _("时间到 %(clock)s", clock=step["clock"]) if "clock" in step else _("只核对")
    place = f" @{step['at']}" if "at" in step else ""
    case = _("（%(case)s）", case=step["case"]) if "case" in step else ""
    return glued(f"{step.get('as', '')} {verb} {step[verb]}{place}", case)

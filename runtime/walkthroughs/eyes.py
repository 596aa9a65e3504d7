"""How somebody gets the fields of a record, against what a walk-through expects."""

from collections.abc import Iterator, Mapping, Sequence

from runtime.language.directory import Person
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.records.rights import FieldRights, within
from runtime.running.access import access_to
from runtime.running.case_view import view_case
from runtime.walkthroughs.about import about
from runtime.walkthroughs.scene import Scene


def wrong_sight(scene: Scene, wanted: Mapping[str, Sequence[str]], *, how: str) -> Iterator[str]:
    """Yield a sentence for each field that a person, opening the step's record, gets otherwise than `how`.

    :raises WrongScript: if the step is about no record, or there is no such person or field.
    """
    for name, paths in wanted.items():
        for person in scene.people(name):
            try:
                rights = _rights(scene, person)
            except Refused as error:
                yield _("%(person)s 打不开这条记录：%(why)s", person=person.code, why=error.message)
                continue
            for path in paths:
                found = _how(path, rights)
                if found != how:
                    yield _otherwise(person.code, path, how=how, found=found)


def _otherwise(person: str, path: str, *, how: str, found: str) -> str:
    """Return that somebody gets a field as `found` instead of `how`."""
    words = {"sees": _("看得到"), "hidden": _("看不到"), "masked": _("看到遮盖后的")}
    values = {"person": person, "path": path, "found": words[found]}
    if how == "sees":
        return _("%(person)s 应看得到 %(path)s，实为%(found)s", **values)
    if how == "hidden":
        return _("%(person)s 应看不到 %(path)s，实为%(found)s", **values)
    return _("%(person)s 应看到遮盖后的 %(path)s，实为%(found)s", **values)


def _rights(scene: Scene, person: Person) -> FieldRights:
    with scene.context(person) as context:
        if scene.record is None and scene.focus is not None:
            return view_case(context, case_id=scene.focus).form().rights
        entity, _there, number = about(scene, context)
        return access_to(context, entity.path).read(number)[1]


def _how(path: str, rights: FieldRights) -> str:
    if within(path, rights.hidden):
        return "hidden"
    return "masked" if within(path, rights.masked) else "sees"

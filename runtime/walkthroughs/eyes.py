"""How somebody gets the fields of a record, against what a walk-through expects."""

from collections.abc import Iterator, Mapping, Sequence

from runtime.language.directory import Person
from runtime.language.refusal import Refused
from runtime.records.rights import FieldRights, within
from runtime.running.access import access_to
from runtime.running.case_view import view_case
from runtime.walkthroughs.about import about
from runtime.walkthroughs.scene import Scene

_WORDS = {"sees": "看得到", "hidden": "看不到", "masked": "看到遮盖后的"}


def wrong_sight(scene: Scene, wanted: Mapping[str, Sequence[str]], *, how: str) -> Iterator[str]:
    """Yield a sentence for each field that a person, opening the step's record, gets otherwise than `how`.

    :raises WrongScript: if the step is about no record, or there is no such person or field.
    """
    for name, paths in wanted.items():
        for person in scene.people(name):
            try:
                rights = _rights(scene, person)
            except Refused as error:
                yield f"{person.code} 打不开这条记录：{error.message}"
                continue
            for path in paths:
                found = _how(path, rights)
                if found != how:
                    yield f"{person.code} 应{_WORDS[how]} {path}，实为{_WORDS[found]}"


def _rights(scene: Scene, person: Person) -> FieldRights:
    with scene.context(person) as context:
        if scene.record is None and scene.focus is not None:
            return view_case(context, case_id=scene.focus).form().rights
        entity, _, number = about(scene, context)
        return access_to(context, entity.path).read(number)[1]


def _how(path: str, rights: FieldRights) -> str:
    if within(path, rights.hidden):
        return "hidden"
    return "masked" if within(path, rights.masked) else "sees"

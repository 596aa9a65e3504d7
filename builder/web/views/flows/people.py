"""A list of people sources as a panel edits it: generated from what each source says it takes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.web.views.flows.subject import Subject
from runtime.assignees import SOURCES, PersonSource
from runtime.language.speech import _
from runtime.web.views.common import Choice

#: A choice of which none was made yet.
_NONE = ""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source: what kind, of whom, its options. Each choice has the whole source as JSON."""

    id: str
    place: tuple[str | int, ...]
    kinds: tuple[Choice, ...]
    #: Empty where the kind needs no more.
    of: tuple[Choice, ...]
    options: tuple[tuple[str, tuple[Choice, ...]], ...]
    #: Said where there is nothing to choose.
    advice: str = ""


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The sources of one list."""

    id: str
    label: str
    place: tuple[str | int, ...]
    rows: tuple[SourceRow, ...]
    #: What a new entry begins as.
    fresh: Any


def people_view(
    subject: Subject, sources: object, *, id: str, label: str, place: tuple[str | int, ...]
) -> PeopleView:
    """Return the list at `place`; what stands there may be anything."""
    listed = sources if isinstance(sources, list) else []
    rows = tuple(_row(subject, one, f"{id}-{at}", (*place, at)) for at, one in enumerate(listed))
    return PeopleView(id, label, place, rows, _source(subject, SOURCES.require("role")))


def _row(subject: Subject, one: object, id: str, place: tuple[str | int, ...]) -> SourceRow:
    kind, of, options = _taken_apart(one)
    word = SOURCES.get(kind)
    kinds = tuple(
        Choice(
            _json(one if other.code == kind else _source(subject, other)), _(other.label), other.code == kind
        )
        for other in SOURCES
    )
    if word is None:
        return SourceRow(id, place, (Choice(_json(one), kind or _("不认识"), True), *kinds), (), ())
    choices = choices_of(subject, word)
    if "none" not in word.of and of not in [value for value, _label in choices]:
        choices = [(of, subject.named(_first(word), of)), *choices]
    return SourceRow(
        id,
        place,
        kinds,
        tuple(Choice(_json({kind: value, **options}), label, value == of) for value, label in choices),
        tuple(
            (_option(key), _option_choices(kind, of, options, key, words))
            for key, words in word.options.items()
        ),
        _advice(word) if not choices_of(subject, word) and "none" not in word.of else "",
    )


def choices_of(subject: Subject, word: PersonSource) -> list[tuple[str, str]]:
    """Return what a source may be of: code and label."""
    found: list[tuple[str, str]] = []
    for what in sorted(word.of):
        if what in ("role", "department", "post", "user"):
            found += [(code, name) for (kind, code), name in subject.slots.items() if kind == what]
            found += [("all_staff", _("全体员工"))] if what == "role" else []
        elif what == "field":
            found += subject.people_fields()
        elif what == "person":
            found += [("initiator", _("发起人")), ("previous", _("上一节点处理人")), *subject.people_fields()]
        elif what == "node":
            found += list(subject.names.items())
    return found


def _source(subject: Subject, word: PersonSource) -> Any:
    if "none" in word.of:
        return word.code
    choices = choices_of(subject, word)
    return {word.code: choices[0][0] if choices else _NONE}


def _taken_apart(one: object) -> tuple[str, str, dict[str, Any]]:
    if isinstance(one, str):
        return one, "", {}
    if not isinstance(one, Mapping) or not one:
        return "", "", {}
    kind = next((str(key) for key in one if SOURCES.get(str(key))), str(next(iter(one))))
    return kind, str(one.get(kind) or ""), {str(key): value for key, value in one.items() if key != kind}


def _option_choices(
    kind: str, of: str, options: Mapping[str, Any], key: str, words: frozenset[str]
) -> tuple[Choice, ...]:
    rest = {name: value for name, value in options.items() if name != key}
    none = Choice(_json({kind: of, **rest}), _("不限"), key not in options)
    return (
        none,
        *(
            Choice(_json({kind: of, **rest, key: word}), _word(word), options.get(key) == word)
            for word in sorted(words, reverse=True)
        ),
    )


def _option(key: str) -> str:
    return {"within": _("范围")}.get(key, key)


def _word(word: str) -> str:
    return {"department": _("离发起人最近的部门"), "company": _("发起人的单位")}.get(word, word)


def _advice(word: PersonSource) -> str:
    if word.of & {"field"}:
        return _("表单里还没有人员或部门字段。")
    return _("应用还没有这一类岗位槽；在应用的基本信息（slots）中添加后可选。")


def _first(word: PersonSource) -> str:
    return next(iter(sorted(word.of)), "")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=str)

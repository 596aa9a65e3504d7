"""The walk-throughs of an app as their page shows them: each in words and as text, and how they went."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from flask import url_for

from builder.edits.documents import Standing, standing
from builder.edits.rules.scope import rule_scope
from builder.packs.trial import Line, Played
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.listed_spot import counts, numbered, place_of, stem
from builder.web.views.rule_choices import Option
from builder.words.story_words import StoryWords, Told
from runtime.demo.people import organisation
from runtime.language.kept_speech import said
from runtime.language.speech import _
from runtime.language.yaml_dump import dump_yaml
from runtime.web.views.common import Tag

_NUMBERED = re.compile(r"(\d+)\. ")


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One walk-through of the list."""

    key: str
    step: str | int
    name: str
    #: "7 步"
    holds: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class StoryGroup:
    """The walk-throughs of one file."""

    title: str
    file: str
    lines: tuple[StoryLine, ...]
    #: Whether the page's edits are about this file.
    open: bool


@dataclass(frozen=True, slots=True)
class StoryEditor:
    """The walk-through that is open."""

    key: str
    file: str
    rev: int
    at: int
    place: list[str | int]
    name: str
    note: str
    told: tuple[Told, ...]
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class StoriesPage:
    """All of it."""

    groups: tuple[StoryGroup, ...]
    editor: StoryEditor | None
    #: Flows that a new one may begin with.
    flows: tuple[Option, ...]
    url: str
    run_url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a walk-through went."""

    name: str
    tag: Tag
    why: str
    lines: tuple[Line, ...]


def stories_page(opened: OpenedDraft, found: Standing | None) -> StoriesPage:
    """Return the page; `found` is the walk-through that is open."""
    documents, app = opened.draft.documents, opened.draft.app
    stories = list(standing(documents, "walkthrough"))
    flows = [(one.name, str(one.document.get("name") or one.name)) for one in standing(documents, "flow")]
    return StoriesPage(
        groups=tuple(
            _group(opened, file, [one for one in stories if one.file == file], found, dict(flows))
            for file in dict.fromkeys(one.file for one in stories)
        ),
        editor=_editor(opened, found) if found else None,
        flows=tuple(flows),
        url=url_for("stories.show", app=app),
        run_url=url_for("stories.run", app=app),
    )


def outcomes(opened: OpenedDraft, played: Iterable[Played]) -> tuple[Outcome, ...]:
    """Return how walk-throughs went, their steps in words."""
    documents = opened.draft.documents
    words = _words(opened)
    by_name = {one.name: one.document for one in standing(documents, "walkthrough")}
    tags = {
        "passed": Tag(_("通过"), "ok"),
        "failed": Tag(_("不通过"), "bad"),
        "skipped": Tag(_("跳过"), "warn"),
    }
    return tuple(
        Outcome(
            one.name,
            tags.get(one.result, Tag(one.result)),
            said(one.skipped),
            tuple(_said(one.lines, by_name.get(one.name, {}), words)),
        )
        for one in played
    )


def text_of(one: Standing) -> str:
    """Return a walk-through as the text that its editor holds."""
    return dump_yaml(dict(one.document))


def _said(lines: Iterable[Line], document: Mapping[str, object], words: StoryWords) -> Iterator[Line]:
    steps = document.get("steps")
    known = steps if isinstance(steps, list) else []
    told = words.steps(document)
    given = document.get("given")
    for row, line in enumerate(lines):
        number = _NUMBERED.match(line.text)
        at = int(number[1]) - 1 if number else -1
        step = known[at] if 0 <= at < len(known) else None
        text = f"{at + 1}. {told[at].text}" if isinstance(step, Mapping) else said(line.text)
        if row == 0 and number is None and isinstance(given, Mapping):
            text = words.prepared(given)
        yield Line(text, tuple(map(said, line.wrong)))


def _group(
    opened: OpenedDraft,
    file: str,
    stories: list[Standing],
    found: Standing | None,
    flows: Mapping[str, str],
) -> StoryGroup:
    names = counts(opened.draft.documents, "walkthrough")
    lines = tuple(
        StoryLine(
            numbered(one),
            next(iter(place_of(one, names)), 0),
            one.name or _("未命名测试"),
            _("%(n)s 步", n=len(steps) if isinstance(steps := one.document.get("steps"), list) else 0),
            _url(opened, one),
            found is not None and (one.file, one.index) == (found.file, found.index),
        )
        for one in stories
    )
    return StoryGroup(
        flows.get(stem(file), stem(file)), file, lines, found is not None and found.file == file
    )


def _editor(opened: OpenedDraft, found: Standing) -> StoryEditor:
    note = found.document.get("note")
    return StoryEditor(
        key=found.name or numbered(found),
        file=found.file,
        rev=opened.draft.rev(found.file),
        at=found.index or 0,
        place=place_of(found, counts(opened.draft.documents, "walkthrough")),
        name=found.name or _("未命名测试"),
        note=note if isinstance(note, str) else "",
        told=tuple(_words(opened).story(found.document)),
        text=text_of(found),
        url=_url(opened, found),
    )


def _url(opened: OpenedDraft, one: Standing) -> str:
    return url_for("stories.one", app=opened.draft.app, key=numbered(one))


def _words(opened: OpenedDraft) -> StoryWords:
    return StoryWords(rule_scope(opened.draft.documents, opened.others), _people())


@cache
def _people() -> Mapping[str, str]:
    """Return the names of the people on the stage, by code."""
    return {one["code"]: one["name"] for one in organisation().get("people", ())}

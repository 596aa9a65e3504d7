"""One rule as its editor shows it: every part with what may be chosen, what is wrong, and what it does."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from builder.edits.documents import Standing
from builder.edits.rules.problems import rule_problems
from builder.edits.rules.read import TIMES, formula, rule_of
from builder.edits.rules.scope import About
from builder.usecases.open_draft import OpenedDraft
from builder.web.views import rule_choices as choices
from builder.web.views.listed_spot import counts, place_of, rule_key, stem
from builder.web.views.rule_choices import Group, Option, packed
from builder.web.views.rule_columns import ColumnRow, Problems, match_rows, more, told, write_rows
from builder.web.views.rule_people import PersonRow, person_row, person_rows
from builder.words.rule_words import CHANNELS, message_words, rule_words
from runtime.language.lint.scope import Scope
from runtime.language.rule import TimeTrigger
from runtime.language.speech import _, listed
from runtime.packs.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class TimeInputs:
    """A time trigger: its kind's value, days and time of day."""

    kind: str
    value: str
    #: Date fields, for triggers before and after a date.
    dates: tuple[Option, ...]
    days: str
    at: str
    hint: str


@dataclass(frozen=True, slots=True)
class RuleEditor:
    """The rule that is open."""

    key: str
    file: str
    rev: int
    at: int
    place: list[str | int]
    stem: str
    code: str
    name: str
    note: str
    words: str
    #: What is wrong beside single places.
    problems: tuple[str, ...]
    wrong: Mapping[str, str]
    # When
    triggers: tuple[Group, ...]
    trigger: str
    moments: tuple[Group, ...]
    moment: str
    time: TimeInputs | None
    when: str
    scope: str
    # What
    action: str
    actions: tuple[Option, ...]
    keys: frozenset[str]
    tables: tuple[Group, ...]
    table: str
    flows: tuple[Group, ...]
    start: str
    each: str
    subtables: tuple[Option, ...]
    target: str
    matches: tuple[ColumnRow, ...]
    more_matches: tuple[Option, ...]
    where: str
    rows: str
    row_choices: tuple[Option, ...]
    writes: tuple[ColumnRow, ...]
    more_writes: tuple[Option, ...]
    guard: str
    message: str
    message_words: str
    message_names: tuple[Group, ...]
    # Whom
    people: tuple[PersonRow, ...]
    more_people: PersonRow
    initiator: PersonRow
    channels: tuple[str, ...]
    channel_choices: tuple[Option, ...]
    repeat_days: int | None


def rule_editor(
    opened: OpenedDraft, scope: Scope, found: Standing, *, formulas: frozenset[str] = frozenset()
) -> RuleEditor:
    """Return the editor of a rule; `formulas` are rows shown as expressions although they need not."""
    document = found.document
    rule = rule_of(document)
    about = About(scope, rule)
    wrong = told(rule_problems(document, about))
    word = VOCABULARY.actions.get(rule.do)
    names = counts(opened.draft.documents, "rule")
    triggers, moments = _triggers(about), _moments(about)
    return RuleEditor(
        key=rule_key(found, names),
        file=found.file,
        rev=opened.draft.rev(found.file),
        at=found.index or 0,
        place=place_of(found, names),
        stem=stem(found.file),
        code=rule.code,
        name=rule.name,
        note=rule.note,
        words=rule_words(about),
        problems=_elsewhere(wrong),
        wrong={str(place[0]): message for place, message in wrong.items() if len(place) == 1},
        triggers=triggers,
        trigger=_chosen(triggers, about, moment=False),
        moments=moments,
        moment=_chosen(moments, about, moment=True),
        time=_time(about, rule.on) if isinstance(rule.on, TimeTrigger) else None,
        when=formula(document.get("when")),
        scope=about.place,
        action=rule.do,
        actions=tuple((one.code, _(one.label)) for one in VOCABULARY.actions),
        keys=frozenset(word.keys) if word else frozenset(),
        tables=choices.tables(scope),
        table=rule.table or "",
        flows=choices.flows(scope),
        start=rule.start or "",
        each=rule.each or "",
        subtables=choices.subtables(about),
        target=about.target.name if about.target else "",
        matches=match_rows(about, wrong, formulas),
        more_matches=more(about, written=False),
        where=formula(document.get("where")),
        rows=rule.rows or "",
        row_choices=_rows(rule.do),
        writes=write_rows(about, wrong, formulas),
        more_writes=more(about, written=True),
        guard=formula(document.get("guard")),
        message=rule.message,
        message_words=message_words(about),
        message_names=choices.fitting(about, None) if about.trigger else (),
        people=person_rows(about, rule.to),
        more_people=person_row(about, None),
        initiator=person_row(about, rule.initiator),
        channels=rule.channels,
        channel_choices=tuple((code, _(label)) for code, label in CHANNELS.items()),
        repeat_days=rule.repeat_days,
    )


def _by(about: About) -> dict[str, str]:
    by = "source" if about.rule.source else "flow"
    return {"by": by, "trigger": about.rule.source or about.rule.flow or ""}


def _chosen(groups: tuple[Group, ...], about: About, *, moment: bool) -> str:
    """Return the option that holds; of times only the kind counts. Empty: none does."""
    by, on = _by(about), about.rule.on
    for _title, options in groups:
        for option, _label in options:
            found = json.loads(option)
            if {key: found[key] for key in by} != by:
                continue
            is_time = isinstance(found["on"], dict)
            kind = _kind(on) if isinstance(on, TimeTrigger) else ""
            if not moment or (kind in found["on"] if is_time and kind else found["on"] == on):
                return option
    return ""


def _kind(on: TimeTrigger) -> str:
    return next((one for one in TIMES if getattr(on, one) is not None), "daily")


def _triggers(about: About) -> tuple[Group, ...]:
    """Return what may fire the rule; options keep the moment where it goes with the new trigger."""
    on: Any = about.rule.on
    groups: list[Group] = []
    for title, found in choices.triggers(about.scope):
        options = []
        for by, ref, label in found:
            same = (by == "source") == bool(about.rule.source)
            is_moment = same and isinstance(on, str) and not on.startswith("node.")
            begin: Any = "approved" if by == "flow" else {"daily": "09:00"}
            kept = on if is_moment and on else begin
            options.append((packed(by=by, trigger=ref, on=kept), label))
        groups.append((title, tuple(options)))
    return tuple(groups)


def _moments(about: About) -> tuple[Group, ...]:
    by = _by(about)
    return tuple(
        (title, tuple((packed(**by, **json.loads(option)), label) for option, label in options))
        for title, options in choices.moments(about)
    )


def _time(about: About, on: TimeTrigger) -> TimeInputs:
    kind = _kind(on)
    hint = {"daily": "09:00", "weekly": "mon", "monthly": "1", "every": "1h"}.get(kind, "")
    dates = choices.dates_of(about) if kind in ("before", "after") else ()
    days = listed(on.days)
    return TimeInputs(kind, getattr(on, kind) or "", dates, days, on.at or "", hint)


def _rows(action: str) -> tuple[Option, ...]:
    usual = _("恰好一条") if action == "update" else _("有几条算几条")
    return (
        ("", _("默认（%(what)s）", what=usual)),
        ("one", _("恰好一条，否则拒绝")),
        ("some", _("至少一条，否则拒绝")),
        ("any", _("有几条算几条")),
    )


def _elsewhere(wrong: Problems) -> tuple[str, ...]:
    """Return what is wrong with the rule as a whole, and deep inside of what is no row."""
    rows = ("match", "set", "add", "subtract")
    found = [
        message
        for place, message in wrong.items()
        if not place or (len(place) > 1 and place[0] not in rows) or (place[0] in rows and len(place) == 1)
    ]
    return tuple(dict.fromkeys(found))

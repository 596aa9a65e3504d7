"""Whom a rule tells: sources of people, each chosen by kind and by what it is of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from builder.edits.rules.scope import About
from builder.web.views.rule_choices import Option
from builder.words.people_words import SUBJECTS
from runtime.language.flow import Source
from runtime.language.speech import _
from runtime.language.vocabulary import SourceWord

_SLOTS = ("role", "department", "post", "user")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One source; its options are whole sources as JSON."""

    kinds: tuple[Option, ...]
    kind: str
    #: What it is of; empty for those that are complete without.
    values: tuple[Option, ...]
    value: str


def person_rows(about: About, found: tuple[Source, ...]) -> tuple[PersonRow, ...]:
    """Return the rows of a list of sources."""
    return tuple(person_row(about, one) for one in found)


def person_row(about: About, source: Source | None) -> PersonRow:
    """Return one source, or none chosen yet."""
    kinds, chosen = [], ""
    for word in about.scope.vocabulary.sources:
        if "node" in word.of or "source" in word.of:
            continue
        first = next(iter(_values(about, word, source)), None)
        if first is None:
            continue
        kinds.append((first[0], _(word.label)))
        if source is not None and source.kind == word.code:
            chosen = first[0]
    own = about.scope.vocabulary.sources.get(source.kind) if source else None
    values = tuple(_values(about, own, source)) if own and source and source.of is not None else ()
    value = _packed(source.kind, source.of, source) if source else ""
    if values and value not in [one for one, _ in values]:
        values = (*values, (value, str(source.of if source else "")))
    return PersonRow(tuple(kinds), chosen, values, value)


def _values(about: About, word: SourceWord, source: Source | None) -> Iterator[Option]:
    if "none" in word.of:
        yield json.dumps(word.code), _(word.label)
        return
    for kind in word.of:
        for code, label in _of(about, kind):
            yield _packed(word.code, code, source), label


def _of(about: About, kind: str) -> Iterator[Option]:
    if kind in _SLOTS:
        yield from ((one.code, one.name) for one in about.scope.app.manifest.slots if one.kind == kind)
        if kind == "role":
            yield "all_staff", _("全体员工")
    if kind == "person" and not about.rule.source:
        yield from ((code, _(SUBJECTS[code])) for code in ("initiator", "previous"))
    if kind in ("person", "field"):
        names = about.scope.names(about.trigger_ref)
        for code, found in names.fields.items():
            if (found.item or found).kind == "user":
                one = about.trigger.field(code) if about.trigger else None
                yield code, one.label if one else code


def _packed(kind: str, of: Any, source: Source | None) -> str:
    """Return a source as JSON, with the options of the one before if it is of the same kind."""
    if of is None:
        return json.dumps(kind)
    options = source.options if source is not None and source.kind == kind else {}
    return json.dumps({kind: of, **options}, ensure_ascii=False, default=str)

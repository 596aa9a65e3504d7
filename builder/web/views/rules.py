"""The rules of an app as their page lists them: by flow and table, each as a sentence."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from builder.edits.documents import Standing, standing
from builder.edits.rules.read import rule_of
from builder.edits.rules.scope import About, rule_scope
from builder.usecases.open_draft import OpenedDraft
from builder.web.views.listed_spot import Counts, counts, place_of, rule_key
from builder.web.views.objects import first_form
from builder.web.views.rule_choices import Option, first_moment, triggers
from builder.web.views.rule_editor import RuleEditor, rule_editor
from builder.words.rule_words import rule_words
from builder.words.trigger_words import flow_name, trigger_tag
from runtime.language.lint.scope import Scope
from runtime.language.rule import TimeTrigger
from runtime.language.speech import _, listed
from runtime.packs.vocabulary import VOCABULARY
from runtime.web.views.common import Link


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule of the list."""

    key: str
    step: str | int
    name: str
    #: When it fires, in a word or two.
    tag: str
    #: What it does, in a word.
    action: str
    words: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of one file, usually of one flow or table, in the order in which they run."""

    title: str
    icon: str
    file: str
    lines: tuple[RuleLine, ...]
    #: Whether the page's edits are about this file, so that lines may be moved.
    open: bool


@dataclass(frozen=True, slots=True)
class RulesPage:
    """The list, the rule that is open, and what a new one may be."""

    groups: tuple[RuleGroup, ...]
    editor: RuleEditor | None
    #: JSON of by, trigger, on; by flows and tables.
    triggers: tuple[tuple[str, tuple[Option, ...]], ...]
    actions: tuple[Option, ...]
    url: str
    #: Where to begin instead, if nothing is there that could fire a rule.
    first: Link | None = None


def rules_page(
    opened: OpenedDraft, found: Standing | None, *, formulas: frozenset[str] = frozenset()
) -> RulesPage:
    """Return the page; `found` is the rule that is open, `formulas` as in `rule_editor`."""
    documents = opened.draft.documents
    scope = rule_scope(documents, opened.others)
    rules = list(standing(documents, "rule"))
    names = counts(documents, "rule")
    files = list(dict.fromkeys(one.file for one in rules))
    groups = tuple(
        _group(opened, scope, [one for one in rules if one.file == file], found, names) for file in files
    )
    moments = tuple((title, tuple(first_moment(options))) for title, options in triggers(scope))
    return RulesPage(
        groups=groups,
        editor=rule_editor(opened, scope, found, formulas=formulas) if found else None,
        triggers=moments,
        actions=tuple((one.code, _(one.label)) for one in VOCABULARY.actions),
        url=url_for("rules.show", app=opened.draft.app),
        first=None if moments else first_form(opened),
    )


def rule_url(opened: OpenedDraft, one: Standing, names: Counts) -> str:
    """Return the address of a rule."""
    return url_for("rules.one", app=opened.draft.app, key=rule_key(one, names))


def _group(
    opened: OpenedDraft, scope: Scope, rules: Iterable[Standing], found: Standing | None, names: Counts
) -> RuleGroup:
    pairs = [(one, About(scope, rule_of(one.document))) for one in rules]
    first = pairs[0][0]
    titles = dict.fromkeys(_title(about) for _one, about in pairs)
    return RuleGroup(
        title=listed(one for one in titles if one) or first.file,
        icon="database" if all(about.rule.source for _one, about in pairs) else "route",
        file=first.file,
        lines=tuple(_line(opened, one, what, found, names) for one, what in pairs),
        open=found is not None and found.file == first.file,
    )


def _title(about: About) -> str:
    """Return the name of what fires a rule."""
    if not about.rule.source:
        return flow_name(about)
    return about.trigger.name if about.trigger else about.rule.source


def _line(
    opened: OpenedDraft, one: Standing, about: About, found: Standing | None, names: Counts
) -> RuleLine:
    action = VOCABULARY.actions.get(about.rule.do)
    return RuleLine(
        key=rule_key(one, names),
        step=next(iter(place_of(one, names)), 0),
        name=about.rule.name or about.rule.code or _("未命名规则"),
        tag=_tag(about),
        action=_(action.label) if action else _("未定动作"),
        words=rule_words(about),
        url=rule_url(opened, one, names),
        current=found is not None and (one.file, one.index) == (found.file, found.index),
    )


def _tag(about: About) -> str:
    words, on = trigger_tag(about), about.rule.on
    if not isinstance(on, TimeTrigger):
        return _(words)
    if on.before is None and on.after is None:
        kind, _blank, value = words.partition(" ")
        return f"{_(kind)} {value}".strip()
    days = listed(on.days)
    return _("提前 %(days)s 天", days=days) if on.after is None else _("之后 %(days)s 天", days=days)

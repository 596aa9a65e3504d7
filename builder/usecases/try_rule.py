"""Try a rule of a draft on a record of its app, or on values typed by hand, without writing anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select

from builder.edits.documents import standing
from builder.edits.rules.problems import rule_problems
from builder.edits.rules.read import rule_of
from builder.edits.rules.reads import Reads, reads_of
from builder.edits.rules.scope import About, rule_scope
from builder.store import drafts
from builder.store.dry_rows import DryRows, sample_record, unmasked
from builder.usecases.designing import designer
from runtime.actions import ACTIONS
from runtime.actions.action import CompiledRule, WrongRows
from runtime.actions.rows import Effect
from runtime.fields.field_type import InvalidValue
from runtime.language.expressions import Env, EvaluationError, ExpressionError
from runtime.language.problem import Problem
from runtime.language.refusal import InvalidAnswers, NotFound, Refused
from runtime.language.speech import _, listed
from runtime.packs.compile_rules import compile_rule
from runtime.packs.vocabulary import VOCABULARY
from runtime.records.rights import visible_values
from runtime.records.show import title
from runtime.running.access import access_to
from runtime.running.context import Clock, Context, open_context
from runtime.running.record_env import record_env, system_values
from runtime.store import records
from runtime.store.access import ADMINISTRATORS
from runtime.store.reading import reading
from runtime.store.session import Session

#: Records that are offered, newest first.
MOST_RECORDS = 30
#: Effects that are told.
MOST_EFFECTS = 200


@dataclass(frozen=True, slots=True)
class Trial:
    """What may be tried on: records by id and title, and the values that the rule reads."""

    records: tuple[tuple[int, str], ...]
    reads: Reads


@dataclass(frozen=True, slots=True)
class TriedEffect:
    """One thing that would happen to one row."""

    #: create, set, delete.
    op: str
    table: str
    row: str
    column: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tried:
    """What a rule would do."""

    #: done, skipped (its condition does not hold) or refused.
    outcome: str
    message: str = ""
    effects: tuple[TriedEffect, ...] = ()
    #: People and message.
    notices: tuple[tuple[str, str], ...] = ()
    started: tuple[str, ...] = ()


def open_trial(*, session: Session, clock: Clock, actor: int, app: str, file: str, at: int) -> Trial:
    """Return what a rule may be tried on: only records that the person may view.

    :raises NotFound: if there is no such rule.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        about = _about(context, actor, app, file, at)
        return Trial(tuple(_records(context, about)), reads_of(about))


def try_rule(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    file: str,
    at: int,
    record: int | None,
    sample: Mapping[str, str],
) -> Tried:
    """Return what a rule would do to the record with this id, or to `sample` values (path → text) alone.

    :raises NotFound: if the person may not know of the record.
    :raises InvalidAnswers: if a sample value is none of its field.
    :raises Refused: if the rule has problems yet, or its app is not installed.
    """
    with reading(session) as tx:
        context = open_context(tx, clock=clock, actor=actor)
        about = _about(context, actor, app, file, at)
        _may_try(context, about)
        compiled = _compiled(about)
        env = _env(context, about, record, _parsed(context, about, sample))
        return _tried(context, about, compiled, env)


def _about(context: Context, actor: int, app: str, file: str, at: int) -> About:
    designer(context.tx, actor=actor)
    draft = drafts.read(context.tx, app)
    if draft is None:
        raise NotFound("no_such_app", _("没有应用“%(app)s”。", app=app))
    rules = (one for one in standing(draft.documents, "rule") if one.file == file)
    found = next((one for one in rules if (one.index or 0) == at), None)
    if found is None:
        raise NotFound("no_such_rule", _("没有这条规则，可能刚被删除。"))
    others = {code: one for code, one in context.world.apps.items() if code != app}
    about = About(rule_scope(draft.documents, others), rule_of(found.document))
    problems = [problem for _place, problem in rule_problems(found.document, about)]
    if problems:
        raise Refused("not_ready", _("规则还有问题，改正后再试算：%(what)s", what=problems[0].message))
    return about


def _may_try(context: Context, about: About) -> None:
    """Refuse what would show somebody values of tables that they may not see.

    :raises Refused: if the rule reads other tables, and the person does not administer them all.
    """
    if context.actor_code in context.directory.members(ADMINISTRATORS):
        return
    if reads_of(about).tables:
        raise Refused("reads_tables", _("这条规则从其他表取数，只有系统管理员可以试算。"))


def _compiled(about: About) -> CompiledRule:
    try:
        return compile_rule(about.scope.app, about.rule, names_of=about.scope.names)
    except (ExpressionError, LookupError) as error:
        raise Refused("not_ready", _("规则还不能运行：%(why)s", why=error)) from None


def _records(context: Context, about: About) -> Iterator[tuple[int, str]]:
    path = about.scope.app.ref(about.trigger_ref)
    try:
        access = access_to(context, path)
    except NotFound:
        return  # not published yet: only typed values
    table = access.there.table
    newest = select(table.c.id).where(access.rows_clause("view")).order_by(table.c.id.desc())
    ids = context.tx.execute(newest.limit(MOST_RECORDS)).scalars().all()
    found = records.read_many(context.tx, access.there, ids)
    ports = context.ports(about.scope.app.code)
    for number in ids:
        one = found[number]
        # A permission may hide a field that the title names.
        seen = visible_values(access.entity, one.values, rights=access.rights(access.standing(number)))
        env = record_env(replace(one, values=seen), ports=ports, directory=context.directory)
        yield number, title(access.entity, seen, env=env)


def _env(context: Context, about: About, number: int | None, sample: Mapping[str, Any]) -> Env:
    path, app = about.scope.app.ref(about.trigger_ref), about.scope.app.code
    record, values = sample_record(path, context.actor_id, context.clock.moment), dict[str, Any]()
    if number is not None:
        access = access_to(context, path)
        rights = access.rights(access.require("view", number))
        record = records.read(context.tx, access.there, number)
        values = unmasked(visible_values(access.entity, record.values, rights=rights))
    rows = {key: one for key, one in sample.items() if "." in key}
    values |= {key: one for key, one in sample.items() if "." not in key}
    for key, one in rows.items():
        code, _point, column = key.partition(".")
        filled = [dict(row) for row in values.get(code) or [{}]]
        values[code] = [{**row, column: one} for row in filled]
    initiator = system_values(record, context.directory)["created_by"]
    ports = context.ports(app, initiator=initiator, own=(path, record.id))
    return record_env(replace(record, values=values), ports=ports, directory=context.directory)


def _parsed(context: Context, about: About, sample: Mapping[str, str]) -> dict[str, Any]:
    known = {one.path: one for one in reads_of(about).values}
    result: dict[str, Any] = {}
    for path, raw in sample.items():
        if path not in known or not raw.strip():
            continue
        one = known[path]
        kind = VOCABULARY.fields.get(one.field.type)
        try:
            result[path] = kind.parse(one.field, raw, context.reading)  # type: ignore[union-attr]
        except InvalidValue as error:
            told = _("“%(label)s”%(wrong)s", label=one.field.label, wrong=error.message)
            raise InvalidAnswers([Problem(error.code, f"$.{path}", told)]) from None
    return result


def _tried(context: Context, about: About, rule: CompiledRule, env: Env) -> Tried:
    rows = DryRows(context, about.scope.app.code, env)
    action = ACTIONS.get(rule.rule.do)
    assert action is not None  # the rule has no problems
    try:
        if (
            rule.when is not None
            and not rule.when_reads_old
            and rule.rule.each is None
            and not rule.when(env)
        ):
            return Tried("skipped")
        effects = list(action.run(rule, env, rows))[:MOST_EFFECTS]
    except EvaluationError as error:
        return Tried("refused", str(error))
    except NotFound as error:
        return Tried("refused", _("%(why)s可能还没有发布。", why=error.message))
    except WrongRows:
        given = {"name": about.target.name if about.target else rule.table, "n": rows.found}
        if rule.rule.rows == "some":
            return Tried("refused", _("“%(name)s”中应有至少一条符合的记录，找到 %(n)s 条。", **given))
        return Tried("refused", _("“%(name)s”中应有恰好一条符合的记录，找到 %(n)s 条。", **given))
    except Refused as error:
        return Tried("refused", error.message)
    told = tuple(_told(context, rows, one) for one in effects)
    notices = tuple((listed(one.people), one.message) for one in rows.notices)
    started = tuple(flow for flow, _values in rows.started)
    nothing = not (told or notices or started)
    return Tried("skipped" if nothing else "done", "", told, notices, started)


def _told(context: Context, rows: DryRows, one: Effect) -> TriedEffect:
    compiled = context.world.entity(one.entity)
    column = compiled.fields.get(one.column or "")

    def shown(value: Any) -> str:
        if value is None:
            return ""
        return column.kind.say(column.field, value, context.reading) if column else str(value)

    return TriedEffect(
        one.op,
        compiled.entity.name,
        rows.titles.get((one.entity, one.row), ""),
        column.field.label if column else one.column or "",
        shown(one.before),
        shown(one.after),
    )

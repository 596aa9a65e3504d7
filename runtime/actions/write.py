"""Actions that write rows: create, update, delete."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import ClassVar

from runtime.actions.action import Action, CompiledRule, GuardFailed, WrongRows, applies, each_env, told
from runtime.actions.rows import Effect, Rows, Target, Write
from runtime.language.expressions.environment import Env
from runtime.language.speech import _, listed

_TARGET = frozenset({"table", "match", "where", "each", "guard", "rows"})


class Create(Action):
    """Insert a row, or one per row of a sub-table."""

    code = "create"
    label = "新增记录"
    keys: ClassVar[frozenset[str]] = frozenset({"table", "each", "set"})
    required: ClassVar[frozenset[str]] = frozenset({"table", "set"})

    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Insert the rows in order."""
        assert rule.table is not None
        for one in each_env(rule, env):
            if applies(rule, one):
                values = {column: formula(one) for column, formula in rule.set.items()}
                yield from rows.create(rule.code, rule.table, values)


class Update(Action):
    """Change the rows that match: set, add, subtract."""

    code = "update"
    label = "更新记录"
    keys: ClassVar[frozenset[str]] = _TARGET | {"set", "add", "subtract"}
    required: ClassVar[frozenset[str]] = frozenset({"table", "match"})

    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Change the targets; a guard that fails stops everything."""
        for one, targets in _targets(rule, env, rows, otherwise="one"):
            for target in targets:
                at = replace(one, old=target.values)
                _guarded(rule, at)
                yield from rows.update(rule.code, target, _writes(rule, at, target))


class Delete(Action):
    """Take the rows that match out of their table."""

    code = "delete"
    label = "删除记录"
    keys: ClassVar[frozenset[str]] = _TARGET
    required: ClassVar[frozenset[str]] = frozenset({"table", "match"})

    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Delete the targets; a guard that fails stops everything."""
        for one, targets in _targets(rule, env, rows, otherwise="any"):
            for target in targets:
                _guarded(rule, replace(one, old=target.values))
                yield from rows.delete(rule.code, target)


def _targets(
    rule: CompiledRule, env: Env, rows: Rows, *, otherwise: str
) -> Iterator[tuple[Env, list[Target]]]:
    assert rule.table is not None
    for one in each_env(rule, env):
        if not applies(rule, one):
            continue
        match = {column: formula(one) for column, formula in rule.match.items()}
        found = [target for target in rows.find(rule.table, match) if _concerns(rule, one, target)]
        _counted(rule, found, one, rule.rule.rows or otherwise)
        yield one, found


def _concerns(rule: CompiledRule, env: Env, target: Target) -> bool:
    at = replace(env, old=target.values)
    if rule.when is not None and rule.when_reads_old and not rule.when(at):
        return False
    return rule.where is None or bool(rule.where(at))


def _counted(rule: CompiledRule, found: list[Target], env: Env, wanted: str) -> None:
    if (wanted == "one" and len(found) != 1) or (wanted == "some" and not found):
        holes = {
            "rule": rule.rule.name or rule.code,
            "table": rule.table,
            "match": listed(f"{column} = {formula(env)}" for column, formula in rule.match.items()),
            "n": len(found),
        }
        if wanted == "one":
            message = _(
                "业务规则“%(rule)s”需要恰好一条 %(table)s 的记录（%(match)s），找到 %(n)s 条。", **holes
            )
        else:
            message = _(
                "业务规则“%(rule)s”需要至少一条 %(table)s 的记录（%(match)s），找到 %(n)s 条。", **holes
            )
        raise WrongRows(rule.code, message)


def _guarded(rule: CompiledRule, env: Env) -> None:
    if rule.guard is not None and not rule.guard(env):
        otherwise = _("业务规则“%(rule)s”的条件不满足。", rule=rule.rule.name or rule.code)
        raise GuardFailed(rule.code, told(rule, env, otherwise))


def _writes(rule: CompiledRule, env: Env, target: Target) -> dict[str, Write]:
    writes = {column: Write(formula(env)) for column, formula in rule.set.items()}
    for formulas, sign in ((rule.add, 1), (rule.subtract, -1)):
        for column, formula in formulas.items():
            delta = Decimal(formula(env) or 0) * sign
            writes[column] = Write(Decimal(target.values.get(column) or 0) + delta, delta)
    return writes

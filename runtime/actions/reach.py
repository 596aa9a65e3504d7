"""Actions that reach beyond rows: start another flow, notify people."""

from collections.abc import Iterator
from typing import ClassVar

from runtime.actions.action import Action, CompiledRule, applies, each_env, told
from runtime.actions.rows import Effect, Rows
from runtime.language.expressions.environment import Env


class StartFlow(Action):
    """Start another flow, or one per row of a sub-table."""

    code = "start"
    label = "发起流程"
    keys: ClassVar[frozenset[str]] = frozenset({"start", "set", "each", "initiator"})
    required: ClassVar[frozenset[str]] = frozenset({"start"})

    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Start the flow in the name of the rule's initiator, else of this case's."""
        assert rule.rule.start is not None
        for one in each_env(rule, env):
            if not applies(rule, one):
                continue
            people = rows.person_of(rule.rule.initiator, None) if rule.rule.initiator else ()
            initiator = people[0] if people else one.ports.initiator or ""
            values = {column: formula(one) for column, formula in rule.set.items()}
            yield from rows.start(rule.code, rule.rule.start, values, initiator)


class Notify(Action):
    """Tell people; leaves after the commit, through the channels that are bound."""

    code = "notify"
    label = "发送通知"
    keys: ClassVar[frozenset[str]] = frozenset({"to", "channels", "repeat_days", "each"})
    required: ClassVar[frozenset[str]] = frozenset({"to"})

    def run(self, rule: CompiledRule, env: Env, rows: Rows) -> Iterator[Effect]:
        """Write the notice; there is no effect to take back."""
        for one in each_env(rule, env):
            if applies(rule, one):
                found = [person for source in rule.rule.to for person in rows.person_of(source, None)]
                text = told(rule, one, rule.rule.name or rule.code)
                rows.notify(rule.code, tuple(dict.fromkeys(found)), text, rule.rule.channels)
        yield from ()

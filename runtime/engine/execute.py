"""The interpreter's loop."""

from runtime.engine.command import Command
from runtime.engine.compiled_flow import CompiledFlow
from runtime.engine.open_command import open_command
from runtime.engine.plan import Plan
from runtime.engine.react import react
from runtime.engine.situation import Ports, Situation
from runtime.engine.step import ROOT, Step
from runtime.language.speech import _
from runtime.nodes.move import SubtreeWithdrawn

#: A flow that needs more moves than this for one action is looping without waiting.
MOST_MOVES = 10_000


class RunawayFlow(RuntimeError):
    """A flow loops without waiting for anybody; the soundness check should have refused it."""

    def __init__(self, flow: str, moves: int) -> None:
        super().__init__(
            _(
                "流程 %(flow)s 在一次处理中走了 %(moves)s 步仍未停下，请联系流程管理员。",
                flow=flow,
                moves=moves,
            )
        )


def execute(flow: CompiledFlow, situation: Situation, command: Command, ports: Ports) -> Plan:
    """Return what `command` changes: moves for the history, state before and after for the store.

    The run goes on until every token it touched waits or has ended. It sees the acting task's own path to the
    root, siblings only as counters. Same arguments and same answers of the ports, same plan; the caller owns
    clock, database and side effects.

    :raises Refused: if the command does not fit the situation; nothing has happened.
    :raises RunawayFlow: if the flow loops without waiting.
    """
    plan = Plan(situation.state)
    step = Step(flow, situation, ports, plan, command.actor)
    # Moves are drawn one at a time: what a node does next must see the state the move before left.
    pending = [open_command(command, step)]
    while pending:
        move = next(pending[-1], None)
        if move is None:
            pending.pop()
            continue
        plan.add(move)
        if len(plan.moves) > MOST_MOVES:
            raise RunawayFlow(flow.flow.code, len(plan.moves))
        if isinstance(move, SubtreeWithdrawn) and move.path == ROOT:
            # Tokens still on their way in other branches were taken back as well.
            pending = [pending[-1]]
        if react.knows(move):
            pending.append(react(move, step))
    return plan

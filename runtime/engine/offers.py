"""What an open task offers, before anybody acts: for pages, by the same rules that the commands go by."""

from collections.abc import Iterable

from runtime.engine.compiled_flow import START, CompiledFlow
from runtime.engine.situation import Passed
from runtime.language.flow import Node


def may_reject(flow: CompiledFlow, node: Node) -> bool:
    """Return whether 不同意 leads anywhere from this node."""
    leads = any(edge.outcome == "rejected" for edge in flow.outgoing[node.code])
    return node.kind == "approve" and (leads or node.on_reject is not None)


def may_claim(node: Node, *, total: int) -> bool:
    """Return whether one of several people may take the visit for themselves."""
    return node.decide.rule == "claim" and total > 1 and node.code != START


def return_targets(node: Node, passed: Iterable[Passed], *, initiator: str) -> tuple[Passed, ...]:
    """Return where the work at `node` may be sent back to, the start first, each node once.

    `passed` are the human nodes completed by its token or an ancestor, oldest first.
    """
    if node.code == START:
        return ()
    found = {START: Passed(0, START, "/", (initiator,))}
    found |= {one.node: one for one in passed if one.node not in (START, node.code)}
    return tuple(one for one in found.values() if node.return_to is None or one.node in node.return_to)

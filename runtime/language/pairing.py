"""Which join belongs to which split.

A token that meets a split opens a scope, and every branch runs inside it; the join closes it. So every
node has one stack of open splits, whichever way a token comes. Where two ways bring two stacks, a branch has
left its scope without the join, and some join would wait for ever or let a token through twice.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

SPLIT = frozenset({"parallel", "inclusive"})
JOIN = "join"

Stack = tuple[str, ...]
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not pair."""

    code: Literal["join_without_split", "two_joins", "branch_escapes"]
    node: str
    #: The other join, or the split.
    other: str
    #: The ways that prove it.
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Pairing:
    """The join of each split, and what does not pair."""

    pairs: Mapping[str, str]
    flaws: tuple[Flaw, ...]


def paired(start: str, leaving: Mapping[str, Sequence[str]], kinds: Mapping[str, str]) -> Pairing:
    """Return the pairs of a graph given by the nodes that follow each node, and the kinds of nodes."""
    known: dict[str, tuple[Stack, Path]] = {start: ((), (start,))}
    pairs: dict[str, str] = {}
    flaws: list[Flaw] = []
    waiting = deque([start])
    while waiting:
        code = waiting.popleft()
        stack, path = known[code]
        if kinds.get(code) == JOIN:
            if not stack:
                flaws.append(_without_split(code, path))
            else:
                split = stack[-1]
                if pairs.setdefault(split, code) != code:
                    flaws.append(_two_joins(code, pairs[split], path, known[pairs[split]][1]))
                stack = stack[:-1]
        if kinds.get(code) in SPLIT:
            stack = (*stack, code)
        for after in leaving.get(code, ()):
            if after not in known:
                known[after] = (stack, (*path, after))
                waiting.append(after)
            elif known[after][0] != stack and kinds.get(after) != "end":
                flaws.append(_two_stacks(after, known[after], (stack, (*path, after))))
    return Pairing(pairs, tuple(flaws))


def _without_split(code: str, path: Path) -> Flaw:
    return Flaw("join_without_split", code, code, (path,))


def _two_joins(code: str, other: str, path: Path, other_path: Path) -> Flaw:
    return Flaw("two_joins", code, other, (other_path, path))


def _two_stacks(code: str, one: tuple[Stack, Path], two: tuple[Stack, Path]) -> Flaw:
    (stack, path), (other_stack, other_path) = one, two
    splits = set(stack) ^ set(other_stack)
    split = next((step for step in (*path, *other_path) if step in splits), code)
    return Flaw("branch_escapes", code, split, (path, other_path))

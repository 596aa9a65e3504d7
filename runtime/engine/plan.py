"""What one action will change: the moves for the history, and the state before and after for the rows."""

from collections.abc import Iterator

from runtime.engine.state import State, change
from runtime.nodes.move import Move


class Plan:
    """Moves in order, and the state they lead to from the one the situation showed."""

    def __init__(self, before: State) -> None:
        self.before = before
        self.state = before.copy()
        self.moves: list[Move] = []

    def add(self, move: Move) -> None:
        """Take a move into the plan and change the state by it."""
        change(move, self.state)
        self.moves.append(move)

    def of(self, *kinds: type[Move]) -> Iterator[Move]:
        """Yield the moves of these kinds, in order."""
        return (move for move in self.moves if isinstance(move, kinds))

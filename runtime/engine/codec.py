"""Moves as JSON and back: what the history stores."""

from dataclasses import fields
from typing import Any, get_args

from runtime.nodes import move as m

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(m.Move)}
#: Names of the values of each kind: asked of every move of every action, so found once.
_NAMES = {kind: tuple(one.name for one in fields(kind)) for kind in (*_KINDS.values(), m.Assigned)}


def encode(move: m.Move) -> dict[str, Any]:
    """Return a move as a JSON object; its kind stands under `move`."""
    return {"move": type(move).__name__} | _plain(move)


def decode(data: dict[str, Any]) -> m.Move:
    """Return the move that `encode` made `data` of.

    :raises KeyError: if the kind of move is not known.
    """
    kind = _KINDS[data["move"]]
    values = {key: _tuples(value) for key, value in data.items() if key != "move"}
    if "assigned" in values:
        values["assigned"] = tuple(
            m.Assigned(**{k: _tuples(v) for k, v in one.items()}) for one in data["assigned"]
        )
    made: m.Move = kind(**values)
    return made


def _plain(value: Any) -> dict[str, Any]:
    return {name: _json(getattr(value, name)) for name in _NAMES[type(value)]}


def _json(value: Any) -> Any:
    if isinstance(value, tuple | list):
        return [_json(one) for one in value]
    return _plain(value) if type(value) in _NAMES else value


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value

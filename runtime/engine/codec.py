"""Moves as JSON and back: what the history stores."""

from dataclasses import fields
from operator import attrgetter
from typing import Any, get_args

from runtime.language.kept_speech import Sentence, again, kept
from runtime.nodes import move as m

_KINDS: dict[str, type[Any]] = {kind.__name__: kind for kind in get_args(m.Move)}
#: Names of the values of each kind, and what reads them all at once: asked of every move of every action.
_READ = {
    kind: (names, attrgetter(*names) if len(names) > 1 else None)
    for kind in (*_KINDS.values(), m.Assigned)
    for names in [tuple(one.name for one in fields(kind))]
}


def encode(move: m.Move) -> dict[str, Any]:
    """Return a move as a JSON object; its kind stands under `move`. Tuples stay: JSON knows only lists."""
    data = {"move": type(move).__name__, **_plain(move)}
    if "assigned" in data:
        data["assigned"] = [
            {**_plain(one), "because": [kept(why) for why in one.because]} for one in data["assigned"]
        ]
    elif isinstance(data.get("because"), Sentence):
        data["because"] = kept(data["because"])
    return data


def decode(data: dict[str, Any]) -> m.Move:
    """Return the move that `encode` made `data` of.

    :raises KeyError: if the kind of move is not known.
    """
    kind = _KINDS[data["move"]]
    values = {key: _value(key, one) for key, one in data.items() if key not in ("move", "assigned")}
    if "assigned" in data:
        values["assigned"] = tuple(
            m.Assigned(**{key: _value(key, value) for key, value in one.items()}) for one in data["assigned"]
        )
    made: m.Move = kind(**values)
    return made


def _plain(value: Any) -> dict[str, Any]:
    names, read = _READ[type(value)]
    return dict(zip(names, read(value), strict=True)) if read else {names[0]: getattr(value, names[0])}


def _value(key: str, found: Any) -> Any:
    return again(found) if key == "because" else _tuples(found)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(one) for one in value) if isinstance(value, list) else value

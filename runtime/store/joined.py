"""Several writes as one statement: what a statement costs the client hardly depends on what it says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from runtime.store.prepared import Call, Text


def joined(texts: Sequence[Text], calls: Sequence[Call]) -> tuple[list[Text], list[Call]]:
    """Return the statements with neighbours that may join made into one: WITH …, each a writing CTE.

    What a statement costs the client does not depend on what it says; five writes of one action are one then.
    All parts see the same snapshot, so only such as touch different rows may join.
    """
    new_texts: list[Text] = []
    new_calls: list[Call] = []
    run: list[int] = []
    for place in range(len(calls) + 1):
        if place < len(calls) and calls[place].prepared.joins:
            run.append(place)
            continue
        if run:
            parts = tuple(texts[one] for one in run)
            made = parts[0] if len(parts) == 1 else _JOINED.get(parts) or _join(parts)
            values = (
                calls[run[0]].values if len(parts) == 1 else {"parts": [calls[one].values for one in run]}
            )
            new_texts.append(made)
            new_calls.append(Call(calls[run[0]].prepared, values))
            run = []
        if place < len(calls):
            new_texts.append(texts[place])
            new_calls.append(calls[place])
    return new_texts, new_calls


@dataclass(frozen=True, slots=True, eq=False)
class JoinedText(Text):
    """Several statements as one; `values` is `{"parts": [values of each]}`."""

    parts: tuple[Text, ...] = ()

    def bound(self, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the values of all parts, one after the other."""
        given = zip(self.parts, values["parts"], strict=True)
        return [one for part, own in given for one in part.bound(own)]


_JOINED: dict[tuple[Text, ...], JoinedText] = {}
#: Then those of tables that were published anew since are dropped with the rest.
_MOST_JOINED = 1000
_PLACE = re.compile(r"\$(\d+)")


def _join(parts: tuple[Text, ...]) -> JoinedText:
    texts: list[str] = []
    count = 0
    for part in parts:
        shift = count
        texts.append(_PLACE.sub(lambda found, by=shift: f"${int(found[1]) + by}", part.sql))  # type: ignore[misc]
        count += max((int(number) for number in _PLACE.findall(part.sql)), default=0)
    ctes = ", ".join(f"w{place} AS ({text})" for place, text in enumerate(texts[:-1]))
    made = JoinedText(f"WITH {ctes} {texts[-1]}", parts=parts)
    if len(_JOINED) >= _MOST_JOINED:
        _JOINED.clear()
    _JOINED[parts] = made
    return made

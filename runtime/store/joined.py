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
    parts: list[Text] = []
    own: list[Call] = []
    for text, call in zip(texts, calls, strict=True):
        if call.prepared.joins:
            parts.append(text)
            own.append(call)
            continue
        _close(parts, own, new_texts, new_calls)
        new_texts.append(text)
        new_calls.append(call)
    _close(parts, own, new_texts, new_calls)
    return new_texts, new_calls


def _close(parts: list[Text], own: list[Call], texts: list[Text], calls: list[Call]) -> None:
    """Add a run of statements that join to the others, as one, and empty it."""
    if len(parts) > 1:
        key = tuple(parts)
        texts.append(_JOINED.get(key) or _join(key))
        calls.append(Call(own[0].prepared, {"parts": [call.values for call in own]}))
    else:
        texts += parts
        calls += own
    parts.clear()
    own.clear()


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

"""Regular expressions that cannot hang: time grows as text × pattern, nothing backtracks.

Understood: literals, `.`, `[a-z]`, `[^…]`, `\\d \\w \\s` and their opposites, `( )`, `(?: )`, `|`, `* + ?`,
`{m,n}`, and `^`, `$` at the ends.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from runtime.language.speech import _

#: States of the machine: what `{m,n}` may unfold to.
MOST_STATES = 2_000

Accepts = Callable[[str], bool]


class InvalidPattern(ValueError):
    """The text is not a pattern; the message says why."""


class Step(NamedTuple):
    """One state: it takes a character that `accepts`, or goes on to all of `ways` without taking one."""

    accepts: Accepts | None
    ways: tuple[int, ...]


@lru_cache(maxsize=512)
def compiled(pattern: str) -> "Pattern":
    """Return the machine for `pattern`.

    :raises InvalidPattern: if it is not one, or unfolds to too many states.
    """
    return Pattern(_Reader(pattern).read())


class Pattern:
    """A nondeterministic machine, run on all its states at once."""

    def __init__(self, steps: list[Step]) -> None:
        self._steps = steps
        self._last = len(steps)

    def matches(self, text: str) -> bool:
        """Tell whether the whole of `text` fits."""
        states = self._closure({0})
        for character in text:
            taken = {
                state + 1
                for state in states
                if state < self._last and (step := self._steps[state]).accepts and step.accepts(character)
            }
            if not taken:
                return False
            states = self._closure(taken)
        return self._last in states

    def _closure(self, states: set[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(states)
        while waiting:
            state = waiting.pop()
            if state not in found:
                found.add(state)
                if state < self._last:
                    waiting.extend(state + way for way in self._steps[state].ways)
        return found


class _Reader:
    """Reads a pattern into steps; jumps are relative, so pieces can be put together and repeated."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._depth = 0

    def read(self) -> list[Step]:
        # The whole text must match anyway: anchors at the ends say nothing.
        if self._peek() == "^":
            self._at += 1
        steps = self._alternatives()
        if self._at < len(self._pattern):
            raise InvalidPattern(_("右括号没有对应的左括号"))
        return steps

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        if self._at >= len(self._pattern):
            raise InvalidPattern(_("模式没有写完"))
        self._at += 1
        return self._pattern[self._at - 1]

    def _alternatives(self) -> list[Step]:
        steps = self._sequence()
        while self._peek() == "|":
            self._at += 1
            other = self._sequence()
            steps = _either(steps, other)
        return steps

    def _sequence(self) -> list[Step]:
        steps: list[Step] = []
        while self._peek() not in ("", "|", ")"):
            if self._peek() == "$" and self._at == len(self._pattern) - 1:
                self._at += 1
                break
            steps += self._repeated(self._atom())
            if len(steps) > MOST_STATES:
                raise InvalidPattern(_("模式展开后超过 %(most)s 步", most=MOST_STATES))
        return steps

    def _atom(self) -> list[Step]:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return [Step(self._set(), ())]
        if character == ".":
            return [Step(lambda c: c != "\n", ())]
        if character == "\\":
            return [Step(_escaped(self._next()), ())]
        if character in "*+?{}^$":
            raise InvalidPattern(_("“%(sign)s”前面没有内容；要匹配它本身请写 \\%(sign)s", sign=character))
        return [Step(character.__eq__, ())]

    def _group(self) -> list[Step]:
        if self._pattern.startswith("?:", self._at):
            self._at += 2
        elif self._peek() == "?":
            raise InvalidPattern(_("不支持 (?…) 写法"))
        self._depth += 1
        if self._depth > 20:
            raise InvalidPattern(_("括号嵌套过深"))
        steps = self._alternatives()
        if self._next() != ")":
            raise InvalidPattern(_("缺少右括号"))
        self._depth -= 1
        return steps

    def _repeated(self, steps: list[Step]) -> list[Step]:
        sign = self._peek()
        if sign not in ("*", "+", "?", "{") or not sign:
            return steps
        self._at += 1
        least, most = {"*": (0, None), "+": (1, None), "?": (0, 1)}.get(sign) or self._bounds()
        if self._peek() in ("*", "+", "?", "{") and self._peek():
            raise InvalidPattern(_("重复符号不能连写"))
        return _times(steps, least, most)

    def _bounds(self) -> tuple[int, int | None]:
        end = self._pattern.find("}", self._at)
        low, comma, high = self._pattern[self._at : end].partition(",")
        if end < 0 or not _is_count(low) or (high and not _is_count(high)):
            raise InvalidPattern(_("花括号里应是次数，如 {3} 或 {2,5}"))
        self._at = end + 1
        least = int(low)
        most = (int(high) if high else None) if comma else least
        if most is not None and most < least:
            raise InvalidPattern(_("花括号里的次数应从小到大"))
        return least, most

    def _set(self) -> Accepts:
        opposite = self._peek() == "^"
        self._at += opposite
        choices: list[Accepts] = []
        first = True
        while first or self._peek() != "]":
            first = False
            choices.append(self._range(self._next()))
        self._at += 1
        return lambda c: any(choice(c) for choice in choices) != opposite

    def _range(self, low: str) -> Accepts:
        if low == "\\":
            low = self._next()
            if low in _CLASSES:
                return _CLASSES[low]
        if self._peek() != "-" or self._pattern[self._at + 1 : self._at + 2] in ("]", ""):
            return low.__eq__
        self._at += 1
        high = self._next()
        if high == "\\":
            high = self._next()
        if high < low:
            raise InvalidPattern(_("范围 %(low)s-%(high)s 应从小到大", low=low, high=high))
        return lambda c: low <= c <= high


_CLASSES: dict[str, Accepts] = {
    "d": lambda c: "0" <= c <= "9",
    "D": lambda c: not "0" <= c <= "9",
    "w": lambda c: c.isalnum() or c == "_",
    "W": lambda c: not (c.isalnum() or c == "_"),
    "s": str.isspace,
    "S": lambda c: not c.isspace(),
}


def _escaped(character: str) -> Accepts:
    if character in _CLASSES:
        return _CLASSES[character]
    if character.isalnum():
        raise InvalidPattern(_("不支持 \\%(sign)s", sign=character))
    return character.__eq__


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 4


def _either(one: list[Step], other: list[Step]) -> list[Step]:
    fork = Step(None, (1, len(one) + 2))
    return [fork, *one, Step(None, (len(other) + 1,)), *other]


def _times(steps: list[Step], least: int, most: int | None) -> list[Step]:
    if len(steps) * max(least, most or 1) > MOST_STATES:
        raise InvalidPattern(_("模式展开后超过 %(most)s 步", most=MOST_STATES))
    result = steps * least
    if most is None:
        result += [Step(None, (1, len(steps) + 2)), *steps, Step(None, (-len(steps) - 1,))]
    else:
        result += [Step(None, (1, len(steps) + 1)), *steps] * (most - least)
    return result

"""Two texts by file, line against line: what a person reads to see exactly what changed."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Sign = Literal["same", "added", "removed", "gap"]
_Opcode = tuple[Literal["replace", "delete", "insert", "equal"], int, int, int, int]

#: Unchanged lines shown around a change.
AROUND = 3
#: Lines of both texts together from which they are not compared line by line: it would take too long.
MOST_COMPARED = 20_000
#: Pairs of equal lines up to which the shortest comparison is looked for: it takes as long as they are many.
MOST_PAIRS = 2_000_000
#: Lines shown of one file, and characters of one line; the rest is in the export.
MOST_SHOWN = 2_000
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison; a gap stands for unchanged lines that are left out."""

    sign: Sign
    #: Number in the text before and after, None where it is not in it.
    before: int | None
    after: int | None
    text: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """What became of one file."""

    file: str
    state: Literal["added", "removed", "changed"]
    #: Lines that came and went; 0 where they were not counted.
    added: int
    removed: int
    lines: tuple[Line, ...]
    #: There is more than is shown.
    cut: bool = False


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FileChange, ...]:
    """Return the files that differ, by name."""
    names = sorted(before.keys() | after.keys())
    return tuple(
        _file(name, before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    )


def _file(name: str, before: str | None, after: str | None) -> FileChange:
    old, new = (before or "").splitlines(), (after or "").splitlines()
    state: Literal["added", "removed", "changed"] = "changed"
    if before is None or after is None:
        state = "added" if before is None else "removed"
    if len(old) + len(new) > MOST_COMPARED:
        return FileChange(name, state, 0, 0, (), cut=True)
    lines = tuple(_lines(old, new))
    added = sum(one.sign == "added" for one in lines)
    removed = sum(one.sign == "removed" for one in lines)
    return FileChange(name, state, added, removed, lines[:MOST_SHOWN], cut=len(lines) > MOST_SHOWN)


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    last = 0
    for group in _Matcher(old, new).get_grouped_opcodes(AROUND):
        if group[0][1] > last:
            yield Line("gap", None, None, "")
        for tag, old_from, old_to, new_from, new_to in group:
            if tag == "equal":
                for at, text in enumerate(old[old_from:old_to]):
                    yield Line("same", old_from + at + 1, new_from + at + 1, _short(text))
                continue
            for at, text in enumerate(old[old_from:old_to], old_from + 1):
                yield Line("removed", at, None, _short(text))
            for at, text in enumerate(new[new_from:new_to], new_from + 1):
                yield Line("added", None, at, _short(text))
        last = group[-1][2]
    if last < len(old):
        yield Line("gap", None, None, "")


class _Matcher(SequenceMatcher[str]):
    """Compares what is left between the lines that both texts begin and end with."""

    def __init__(self, old: Sequence[str], new: Sequence[str]) -> None:
        super().__init__()
        self._both = old, new

    def get_opcodes(self) -> list[_Opcode]:
        """Return what makes the one of the other."""
        old, new = self._both
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        ends = len(old) - tail, len(new) - tail
        inner_old, inner_new = old[head : ends[0]], new[head : ends[1]]
        theirs = Counter(inner_new)
        pairs = sum(count * theirs[line] for line, count in Counter(inner_old).items())
        # A line that is everywhere says little of what belongs together, and costs the square of its number.
        inner = SequenceMatcher(None, inner_old, inner_new, autojunk=pairs > MOST_PAIRS)
        codes = [(tag, a + head, b + head, c + head, d + head) for tag, a, b, c, d in inner.get_opcodes()]
        first: list[_Opcode] = [("equal", 0, head, 0, head)] if head else []
        last: list[_Opcode] = [("equal", ends[0], len(old), ends[1], len(new))] if tail else []
        return [*first, *codes, *last]


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    pairs = enumerate(zip(old, new, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(old), len(new)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_LINE else f"{text[:LONGEST_LINE]}…"

"""Small values that many pages show."""

from dataclasses import dataclass
from typing import Any, Literal

#: Suffix of the class that colours a tag; empty is grey.
Tone = Literal["", "accent", "ok", "warn", "bad", "violet"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A word in a coloured pill."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value somebody may choose."""

    value: str
    label: str
    chosen: bool = False
    disabled: bool = False
    #: Second line: the department of a person, who handled a node.
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """Somewhere to go."""

    name: str
    url: str
    icon: str = ""
    current: bool = False
    #: Number beside it; None shows none, more than 99 shows "99+".
    count: int | None = None
    #: What the number is of, for people who hear the page.
    count_label: str = ""
    tag: Tag | None = None

    @property
    def counted(self) -> str:
        """The number as shown."""
        if not self.count:
            return ""
        return "99+" if self.count > 99 else str(self.count)


@dataclass(frozen=True, slots=True)
class Paging:
    """Keyset paging: addresses of the pages before and after, empty where there is none."""

    newer: str = ""
    older: str = ""
    #: "共 128 条"; empty where nobody counted.
    total: str = ""


#: Everything fits on one page.
FIRST_PAGE = Paging()


@dataclass(frozen=True, slots=True)
class FilterView:
    """A filter above a list; `name` is the query argument (a range has `name.from` and `name.to`)."""

    name: str
    label: str
    kind: Literal["text", "select", "date", "number", "remote"] = "text"
    value: Any = ""
    #: Upper end of a range.
    value_to: Any = ""
    choices: tuple[Choice, ...] = ()
    search_url: str = ""

    @property
    def ranged(self) -> bool:
        """Whether it has two ends."""
        return self.kind in ("date", "number")

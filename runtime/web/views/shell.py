"""The frame of every page: who is logged in, and where one can go."""

from dataclasses import dataclass

from runtime.web.views.common import Link


@dataclass(frozen=True, slots=True)
class NavGroup:
    """Entries below a heading; the first group has none."""

    name: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Shell:
    """Navigation as this person may see it."""

    person: str
    #: "销售中心 · 销售总监"
    position: str
    groups: tuple[NavGroup, ...]
    #: The four or five entries of a phone's bottom bar.
    bottom: tuple[Link, ...]
    unread: int = 0
    #: Demo mode: a line on the log-in page and in the menu says so.
    demo: bool = False

"""A draft on its way to become a release, as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from runtime.web.views.admin import SlotField
from runtime.web.views.common import Choice, Link, Tag, Tone


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """One thing that keeps a draft from being published, and where it is cured."""

    where: str
    message: str
    url: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One sentence about a changed object."""

    text: str
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class ChangeCard:
    """One changed object."""

    name: str
    code: str
    tag: Tag
    lines: tuple[ChangeLine, ...]
    #: Lines that are not shown.
    more: int = 0


@dataclass(frozen=True, slots=True)
class ChangeGroup:
    """Changed objects of one kind."""

    label: str
    cards: tuple[ChangeCard, ...]


@dataclass(frozen=True, slots=True)
class Contested:
    """A file that the draft and a release made meanwhile both changed."""

    file: str
    name: str
    #: Mine, theirs.
    sides: tuple[Choice, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class MeetingView:
    """What came of a release that somebody published meanwhile."""

    release: str
    carried: tuple[str, ...]
    taken: tuple[str, ...]
    contested: tuple[Contested, ...]
    url: str


@dataclass(frozen=True, slots=True)
class PublicationPage:
    """The page before publishing."""

    stamp: str
    #: Number that the release will have.
    number: int
    #: "第 3 版", empty for a new app.
    before: str
    problems: tuple[ProblemLine, ...]
    more_problems: int
    groups: tuple[ChangeGroup, ...]
    #: Files with rows and fixtures that an import brought.
    data: tuple[str, ...]
    left_out: tuple[str, ...]
    #: "第 2 版：12 件"
    running: tuple[str, ...]
    slots: tuple[SlotField, ...]
    version: str
    note: str
    url: str
    compare_url: str
    #: By name of the input.
    wrong: Mapping[str, str] = field(default_factory=dict)
    #: What was said against publishing as a whole.
    refusal: str = ""
    meeting: MeetingView | None = None
    #: There is nothing in the app that anybody could use.
    hollow: bool = False

    @property
    def ready(self) -> bool:
        """Whether it may be published."""
        return not self.problems and self.meeting is None and self.changed

    @property
    def changed(self) -> bool:
        """Whether there is anything to publish."""
        return bool(self.groups or self.data or self.left_out)


@dataclass(frozen=True, slots=True)
class PublishedPage:
    """What publishing did."""

    title: str
    version: str
    changed: bool
    rows: int
    made: tuple[str, ...]
    not_converted: tuple[str, ...]
    links: tuple[Link, ...]

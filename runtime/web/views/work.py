"""The workbench, the start page and the inbox."""

from dataclasses import dataclass

from runtime.web.views.common import Link, Tag


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One line of 待办, 已办, 我发起的 or 抄送我的."""

    title: str
    url: str
    #: "销售合同审批 · XSHT20260001"
    sub: str
    node: Tag
    who: str
    when: str
    #: The moment itself, ISO, for `<time>`.
    at: str = ""
    #: "超时 2 天"; None where nothing falls due.
    due: Tag | None = None
    unread: bool = False


@dataclass(frozen=True, slots=True)
class WorkPage:
    """A tab of the workbench."""

    tab: str
    tabs: tuple[Link, ...]
    lines: tuple[WorkLine, ...]
    q: str = ""
    #: Address of what follows, empty at the end.
    more: str = ""
    #: Column heading of `who`: "发起人", "办理人".
    who_label: str = "发起人"


@dataclass(frozen=True, slots=True)
class AppLine:
    """A flow that one may start."""

    name: str
    url: str
    icon: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppGroup:
    """The flows of one pack."""

    name: str
    apps: tuple[AppLine, ...]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A message in the inbox."""

    title: str
    text: str
    at: str
    url: str = ""
    unread: bool = False

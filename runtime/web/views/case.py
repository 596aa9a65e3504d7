"""A case as a page shows it: its sheet, what one can do, what happened, who is next."""

from dataclasses import dataclass
from typing import Literal

from runtime.web.views.common import Choice, Link, Tag
from runtime.web.views.form import FormView

StepState = Literal["done", "active", "waiting", "bad"]


@dataclass(frozen=True, slots=True)
class StepPerson:
    """Somebody's part in a step."""

    name: str
    position: str = ""
    #: "11-18 10:40", or "停留 2 天 4 小时" while it waits.
    when: str = ""
    verdict: Tag | None = None
    opinion: str = ""
    #: The recorded answer to "为什么是我?", one sentence each; empty where nobody recorded one.
    why: tuple[str, ...] = ()
    me: bool = False


@dataclass(frozen=True, slots=True)
class StepView:
    """One arrival at a node, or a node that is still to come."""

    name: str
    state: StepState
    people: tuple[StepPerson, ...] = ()
    tag: Tag | None = None
    #: "或签，1 人同意即可", "已同意 2 / 3"
    note: str = ""


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A value before and after."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EventView:
    """One line of the history (流转记录)."""

    at: str
    who: str
    what: Tag
    node: str = ""
    text: str = ""
    changes: tuple[ChangeView, ...] = ()


@dataclass(frozen=True, slots=True)
class CommentView:
    """A comment on a case."""

    who: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class ActionView:
    """A button of the action bar. What `action.js` does with it follows from these values alone.

    It posts `{do, token, rev, values?, opinion?, to?}` to `url`: see `runtime/web/answers.py`.
    """

    #: `submit`, `save`, `approve`, `return`, `reject`, `withdraw`, `claim`, `delete` …
    code: str
    label: str
    url: str
    icon: str = ""
    tone: Literal["", "primary", "danger"] = ""
    #: Whether the sheet's values go with it.
    values: bool = False
    #: Inputs that the browser itself finds empty stop it (a draft may have them).
    complete: bool = False
    opinion: Literal["required", "optional", "none"] = "none"
    #: Where one may return to; the first is chosen.
    targets: tuple[Choice, ...] = ()
    #: Question before it is done; empty asks nothing unless there is an opinion or a target to give.
    confirm: str = ""

    @property
    def asks(self) -> bool:
        """Whether a dialog opens first."""
        return bool(self.confirm or self.targets or self.opinion != "none")


@dataclass(frozen=True, slots=True)
class CaseView:
    """The page of one case, or of one that is about to be started."""

    form: FormView
    #: Where the title's "back" leads.
    back: Link
    #: Title of the case; empty: the form's name is all there is.
    title: str = ""
    tags: tuple[Tag, ...] = ()
    actions: tuple[ActionView, ...] = ()
    steps: tuple[StepView, ...] = ()
    events: tuple[EventView, ...] = ()
    comments: tuple[CommentView, ...] = ()
    #: Empty where the reader may not comment.
    comment_url: str = ""
    print_url: str = ""
    #: Records that this case changed, and cases about the same record.
    related: tuple[Link, ...] = ()
    #: Common phrases for opinions.
    phrases: tuple[str, ...] = ()
    #: A sentence above the sheet: "已由 陈志远 退回：附件不全".
    notice: str = ""
    notice_tone: Literal["", "warn", "bad"] = ""
    #: Where its flow's picture comes from; empty before it was submitted.
    track_url: str = ""

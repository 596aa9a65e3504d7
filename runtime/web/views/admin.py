"""The administrator's pages: packs, people, failed jobs, the record of what was done."""

from dataclasses import dataclass
from typing import Literal

from runtime.web.views.common import FIRST_PAGE, Choice, Paging, Tag


@dataclass(frozen=True, slots=True)
class PackLine:
    """An installed pack."""

    code: str
    name: str
    version: str
    #: Number of the release, counted here.
    release: int
    installed_at: str
    installed_by: str
    summary: str = ""
    #: What of the customer's organisation it still needs.
    unbound: tuple[str, ...] = ()
    #: Earlier releases, newest first, one line each.
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackReport:
    """What became of an upload: problems by file, or what was installed."""

    title: str
    ok: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SlotField:
    """What of the organisation a pack needs, to be chosen before it is installed."""

    code: str
    name: str
    #: "角色", "部门" …
    kind: str
    choices: tuple[Choice, ...]
    required: bool = True
    note: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class UploadPage:
    """A checked upload that waits to be installed."""

    name: str
    code: str
    version: str
    #: "1.0.0（第 2 版）"; empty where the pack is new.
    before: str
    summary: str
    #: What the author says of the versions after the installed one.
    changes: tuple[str, ...]
    slots: tuple[SlotField, ...]
    #: Whether it brings rows for trying it out.
    demo: bool
    install_url: str


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with an account. One's own has no addresses for what one may not do to oneself."""

    id: int
    name: str
    login: str
    department: str
    roles: tuple[str, ...]
    active: bool
    admin: bool
    edit_url: str
    active_url: str = ""
    password_url: str = ""


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people."""

    lines: tuple[PersonLine, ...]
    q: str = ""
    state: Literal["active", "inactive", "all"] = "active"
    paging: Paging = FIRST_PAGE


@dataclass(frozen=True, slots=True)
class AuditLine:
    """Something that an administrator did."""

    at: str
    actor: str
    what: str
    about: str
    detail: str = ""
    ip: str = ""


@dataclass(frozen=True, slots=True)
class AuditPage:
    """A page of what was done, newest first."""

    lines: tuple[AuditLine, ...]
    paging: Paging = FIRST_PAGE


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What an administrator may change of a person."""

    name: str
    login: str
    position: str
    active: bool
    admin: bool
    roles: tuple[Choice, ...]
    save_url: str
    #: What was done to the account.
    history: tuple[AuditLine, ...] = ()


@dataclass(frozen=True, slots=True)
class JobLine:
    """Something that should have left the house, and did not."""

    id: int
    what: str
    about: str
    tries: int
    created_at: str
    #: When it is tried again by itself; empty where it is not.
    next_at: str
    error: str
    state: Tag
    retry_url: str


@dataclass(frozen=True, slots=True)
class JobsPage:
    """A page of failed jobs, newest first."""

    lines: tuple[JobLine, ...]
    #: Jobs not delivered yet, and those that are not tried any more.
    waiting: int
    dead: int
    paging: Paging = FIRST_PAGE

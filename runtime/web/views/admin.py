"""The administrator's pages: packs, people, failed jobs."""

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
    export_url: str = ""
    #: What of the customer's organisation it still needs.
    unbound: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackReport:
    """What became of an upload: problems by file, or what was installed."""

    title: str
    ok: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Somebody with an account."""

    id: int
    name: str
    login: str
    department: str
    roles: tuple[str, ...]
    active: bool
    admin: bool
    edit_url: str
    active_url: str
    password_url: str


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of people."""

    lines: tuple[PersonLine, ...]
    q: str = ""
    state: Literal["active", "inactive", "all"] = "active"
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


@dataclass(frozen=True, slots=True)
class JobLine:
    """Something that should have left the house, and did not."""

    id: int
    what: str
    about: str
    tries: int
    failed_at: str
    error: str
    state: Tag
    retry_url: str

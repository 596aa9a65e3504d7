"""Releases of an app, and two of them side by side, as their pages show them."""

from dataclasses import dataclass

from builder.compare.lines import FileChange
from builder.web.views.publication import ChangeGroup
from runtime.web.views.common import Choice, Tag


@dataclass(frozen=True, slots=True)
class ReleaseRow:
    """One release."""

    number: int
    version: str
    note: str
    at: str
    by: str
    running: int
    #: Set for the one that new cases use.
    tag: Tag | None
    compare_url: str
    export_url: str
    #: Empty for the release that the draft says already.
    back_url: str


@dataclass(frozen=True, slots=True)
class ReleasesPage:
    """All releases of an app, newest first."""

    rows: tuple[ReleaseRow, ...]
    export_draft_url: str
    compare_url: str
    #: Changes that wait (`Draft.waiting`).
    changed: int
    #: Empty without a draft.
    drop_url: str
    #: What dropping posts back: another one means that somebody has changed something since.
    stamp: str
    #: What was said against dropping.
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two states of an app."""

    url: str
    before: tuple[Choice, ...]
    after: tuple[Choice, ...]
    groups: tuple[ChangeGroup, ...]
    files: tuple[FileChange, ...]
    added: int
    removed: int

"""The design centre as its page shows it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from flask import url_for

from builder.usecases.list_apps import AppLine
from runtime.language.speech import _
from runtime.web.sheet import moment
from runtime.web.views.common import Tag


@dataclass(frozen=True, slots=True)
class AppCard:
    """One app."""

    code: str
    name: str
    icon: str
    summary: str
    url: str
    #: "表单 1 · 底表 2 · 流程 1"
    holds: str
    tag: Tag
    #: "王晓 2026-11-22 10:30 修改", empty without a draft.
    changed: str
    #: What people type to find it.
    words: str


@dataclass(frozen=True, slots=True)
class NewApp:
    """The form for a new app, as it was sent."""

    code: str = ""
    name: str = ""
    like: str = ""
    #: By field.
    problems: Mapping[str, str] = field(default_factory=dict)

    def with_problems(self, problems: Mapping[str, str]) -> "NewApp":
        """Return the form with what is wrong with it."""
        return replace(self, problems=problems)


def card(line: AppLine) -> AppCard:
    """Return an app as a card."""
    counts = ((_("表单"), line.forms), (_("底表"), line.tables), (_("流程"), line.flows))
    at = moment(line.changed_at) if line.changed_at else ""
    return AppCard(
        line.code,
        line.name,
        line.icon,
        line.summary,
        url_for("design.app", app=line.code),
        " · ".join(f"{name} {count}" for name, count in counts if count),
        _tag(line),
        _("%(who)s %(at)s 修改", who=line.changed_by, at=at) if at else "",
        f"{line.name} {line.code} {line.summary}",
    )


def _tag(line: AppLine) -> Tag:
    if not line.release:
        return Tag(_("未发布"), "warn")
    if line.changed:
        return Tag(_("草稿"), "warn")
    return Tag(_("第 %(n)s 版", n=line.release), "ok")

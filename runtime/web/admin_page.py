"""The administrator's pages of people, failed jobs and the record, from what the use cases found."""

from collections.abc import Mapping
from typing import Any

from flask import url_for
from flask_babel import lazy_gettext as _l

from runtime.language.directory import Directory
from runtime.language.speech import _, listed
from runtime.running.administrator import administrators
from runtime.running.context import SYSTEM
from runtime.store.access import ADMINISTRATORS
from runtime.store.audit import Entry
from runtime.store.failed_jobs import FailedJob
from runtime.store.people import Listed, Which
from runtime.usecases.list_audit import Audit
from runtime.usecases.list_failed_jobs import FailedJobs
from runtime.usecases.list_people import People
from runtime.usecases.open_person import OpenedPerson
from runtime.web.sheet import moment
from runtime.web.views.admin import (
    AuditLine,
    AuditPage,
    JobLine,
    JobsPage,
    PeoplePage,
    PersonForm,
    PersonLine,
)
from runtime.web.views.common import Choice, Paging, Tag

#: What the outbox delivers, by kind.
_JOBS = {"notice": _l("站内消息")}

#: What administrators do, by kind of entry.
_DEEDS = {
    "pack.uploaded": _l("上传应用包"),
    "pack.installed": _l("安装应用包"),
    "pack.published": _l("发布应用"),
    "app.made": _l("新建应用"),
    "draft.dropped": _l("放弃草稿"),
    "draft.imported": _l("导入草稿"),
    "draft.rebased": _l("草稿合并到新版本"),
    "draft.went_back": _l("草稿回到旧版本"),
    "person.activated": _l("启用用户"),
    "person.deactivated": _l("停用用户"),
    "person.password_reset": _l("重置密码"),
    "person.roles_changed": _l("调整角色"),
    "job.retried": _l("重试任务"),
    "job.all_retried": _l("重试全部失败任务"),
}

#: What entries say besides; what is not here is for whoever reads the database.
_DETAILS = {
    "version": _l("版本号"),
    "release": _l("发布号"),
    "file": _l("文件"),
    "rows": _l("写入行数"),
    "given": _l("增加角色"),
    "taken": _l("取消角色"),
    "error": _l("原因"),
    "count": _l("数量"),
}


def people_page(found: People, *, viewer: int, words: str, which: Which) -> PeoplePage:
    """Return a page of people; `viewer` is who looks at it."""

    def address(**place: Any) -> str:
        return url_for("admin.people", q=words or None, state=which, **place)

    first, last = (found.people[0].id, found.people[-1].id) if found.people else (None, None)
    return PeoplePage(
        lines=tuple(_person(one, found.directory, viewer, words, which) for one in found.people),
        q=words,
        state=which,
        paging=Paging(
            newer=address(before=first) if found.earlier else "",
            older=address(after=last) if found.later else "",
            total=_("共 %(n)s 人", n=found.total),
        ),
    )


def person_form(found: OpenedPerson) -> PersonForm:
    """Return what may be changed of a person, and what was."""
    person, directory = found.person, found.directory
    had = directory.roles_of(person.code)
    department = directory.departments.get(person.department or "")
    post = directory.posts.get(person.post or "")
    roles = (one for code, one in directory.roles.items() if code != ADMINISTRATORS)
    return PersonForm(
        name=person.name,
        login=found.login,
        position=" · ".join(one.name for one in (department, post) if one),
        active=person.active,
        admin=ADMINISTRATORS in had,
        roles=tuple(Choice(one.code, one.name, chosen=one.code in had) for one in roles),
        save_url=url_for("admin.save_roles", person=person.id),
        history=tuple(_entry(one, directory) for one in found.entries),
    )


def jobs_page(found: FailedJobs) -> JobsPage:
    """Return a page of what could not be delivered."""
    older = url_for("admin.jobs", before=found.jobs[-1].id) if found.more else ""
    return JobsPage(tuple(map(_job, found.jobs)), found.waiting, found.dead, Paging(older=older))


def audit_page(found: Audit) -> AuditPage:
    """Return a page of what administrators did."""
    older = url_for("admin.audit", before=found.entries[-1].id) if found.more else ""
    return AuditPage(tuple(_entry(one, found.directory) for one in found.entries), Paging(older=older))


def _person(one: Listed, directory: Directory, viewer: int, words: str, which: Which) -> PersonLine:
    department = directory.departments.get(one.department or "")
    company = directory.companies.get(one.company or "")
    place = department or company
    roles = (directory.roles[code].name for code in sorted(directory.roles_of(one.code) - {ADMINISTRATORS}))
    own = one.id == viewer
    return PersonLine(
        id=one.id,
        name=one.name,
        login=one.login,
        department=place.name if place else "",
        roles=tuple(roles),
        active=one.active,
        admin=one.code in administrators(directory),
        edit_url=url_for("admin.person", person=one.id),
        active_url="" if own else url_for("admin.set_active", person=one.id, q=words or None, state=which),
        password_url="" if own else url_for("admin.reset_password", person=one.id),
    )


def _job(one: FailedJob) -> JobLine:
    return JobLine(
        id=one.id,
        what=str(_JOBS.get(one.kind, one.kind)),
        about=str(one.payload.get("title") or one.key),
        tries=one.attempts,
        created_at=moment(one.created_at),
        next_at="" if one.dead else moment(one.due_at),
        error=_(one.error),
        state=Tag(_("已停止"), "bad") if one.dead else Tag(_("等待重试"), "warn"),
        retry_url=url_for("admin.retry", job=one.id),
    )


def _entry(one: Entry, directory: Directory) -> AuditLine:
    actor = directory.by_id(one.actor)
    return AuditLine(
        at=moment(one.at),
        actor=actor.name if actor else _("系统") if one.actor == SYSTEM else str(one.actor),
        what=str(_DEEDS.get(one.kind, one.kind)),
        about=_about(one.object, directory),
        detail=_("；").join(_details(one.detail, directory)),
        ip=one.ip,
    )


def _about(what: str, directory: Directory) -> str:
    kind, _slash, code = what.partition("/")
    person = directory.person(code) if kind == "person" else None
    if person:
        return person.name
    return "" if kind == "file" else code


def _details(detail: Mapping[str, Any], directory: Directory) -> list[str]:
    return [f"{name} {_shown(detail[key], directory)}" for key, name in _DETAILS.items() if detail.get(key)]


def _shown(value: Any, directory: Directory) -> str:
    if not isinstance(value, list):
        return str(value)
    return listed(directory.roles[one].name if one in directory.roles else str(one) for one in value)

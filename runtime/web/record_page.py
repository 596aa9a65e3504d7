"""From an opened record to its page: values, history, and where each of them comes from."""

from collections.abc import Iterator
from typing import Any

from flask import url_for

from runtime.language.speech import _
from runtime.running.former_fields import FormerField
from runtime.usecases.open_record import OpenedRecord, RecordEffect, RecordLine
from runtime.web.sheet import moment, sheet
from runtime.web.views.case import ActionView, ChangeView
from runtime.web.views.common import Link, Tag
from runtime.web.views.table import EffectView, FormerView, RecordView, RevisionView
from runtime.web.words import record_tag


def record_page(record: OpenedRecord) -> RecordView:
    """Return the page of a record."""
    app, _slash, table = record.entity.partition("/")
    owner = _("负责人：%(name)s", name=record.owner) if record.owner else ""
    changed = _("%(at)s 更新", at=moment(record.updated_at))
    here: dict[str, Any] = {"app": app, "table": table, "record_id": record.id}
    return RecordView(
        form=sheet(record.form, title=record.title, meta=(record.entity_name, owner, changed), frozen=True),
        back=Link(record.entity_name, url_for("tables.show", app=app, table=table)),
        tags=() if record.state == "live" else (record_tag(record.state),),
        edit_url=url_for("records.edit", **here) if "edit" in record.verbs else "",
        actions=tuple(_actions(record, url_for("records.act", **here))),
        revisions=tuple(_revision(one) for one in record.history),
        effects=tuple(_effect(one) for one in record.effects),
        former=tuple(map(_former, record.former)),
        related=tuple(_related(record)),
    )


def _former(one: FormerField) -> FormerView:
    label = one.label
    if one.rows:
        label = _("%(rows)s 第 %(n)s 行 · %(field)s", rows=one.rows, n=one.row, field=one.label)
    return FormerView(label, one.text, _("第 %(n)s 版", n=one.release))


def _actions(record: OpenedRecord, url: str) -> Iterator[ActionView]:
    if "delete" in record.verbs:
        question = _("删除这条记录？它的历史会保留。")
        yield ActionView("delete", _("删除"), url, "trash", "danger", confirm=question)


def _revision(one: RecordLine) -> RevisionView:
    what = Tag(one.rule, "violet") if one.rule else Tag(_("新增"), "ok") if one.rev <= 1 else Tag(_("修改"))
    changes = tuple(ChangeView(change.label, change.before, change.after) for change in one.changes)
    case = Link(_("查看单据"), url_for("cases.show", case_id=one.case_id)) if one.case_id else None
    return RevisionView(moment(one.at), one.who, what, changes, case)


def _effect(one: RecordEffect) -> EffectView:
    case = None
    if one.case_id:
        case = Link(one.case_title or one.case_no, url_for("cases.show", case_id=one.case_id))
    at = moment(one.at) if one.at else ""
    return EffectView(at, one.field, _done(one), one.after, case, one.rule, one.inverted)


def _done(one: RecordEffect) -> str:
    if one.op == "add":
        return one.delta
    return {"create": _("新增记录"), "delete": _("删除记录")}.get(one.op, f"= {one.after}")


def _related(record: OpenedRecord) -> Iterator[Link]:
    """Yield the cases that made or changed the record, each once, the latest first."""
    if record.case_id:
        yield Link(_("所属单据"), url_for("cases.show", case_id=record.case_id))
    seen = {record.case_id}
    for one in record.effects:
        if one.case_id and one.case_id not in seen:
            seen.add(one.case_id)
            yield Link(one.case_title or one.case_no, url_for("cases.show", case_id=one.case_id))

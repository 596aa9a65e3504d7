"""Lists of objects as their page shows them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from flask import url_for

from builder.edits.documents import Documents, Standing, standing
from builder.usecases.open_draft import OpenedDraft
from runtime.language.refusal import InvalidAnswers, Refused
from runtime.language.speech import _
from runtime.web.views.common import Choice, Link, Tag


@dataclass(frozen=True, slots=True)
class ObjectCard:
    """One form, table, flow or dictionary."""

    code: str
    name: str
    url: str
    remove_url: str
    #: "28 个字段 · 2 个重复表"
    holds: str
    tags: tuple[Tag, ...]
    words: str


@dataclass(frozen=True, slots=True)
class NewObject:
    """The form for a new object, as it was sent."""

    code: str = ""
    name: str = ""
    like: str = ""
    form: str = ""
    problem: str = ""
    #: Which field it is about.
    at: str = ""

    def refused(self, error: Refused) -> "NewObject":
        """Return the form with what was said against it."""
        if isinstance(error, InvalidAnswers) and error.problems:
            first = error.problems[0]
            return replace(self, problem=first.message, at=first.path.rpartition(".")[2])
        at = {"no_name": "name", "bad_code": "code", "code_taken": "code"}.get(error.code, "")
        return replace(self, problem=error.message, at=at)


@dataclass(frozen=True, slots=True)
class ObjectPage:
    """All objects of one kind."""

    module: str
    kind: str
    #: "表单", "新建表单" and "还没有表单".
    label: str
    label_new: str
    label_none: str
    icon: str
    cards: tuple[ObjectCard, ...]
    #: What a new one may be a copy of.
    likes: tuple[Choice, ...]
    #: Forms that a new flow may be about.
    forms: tuple[Choice, ...]
    #: What an empty list teaches.
    advice: str
    url: str
    new: NewObject | None = None
    #: Where to begin instead, if something else has to be there first.
    first: Link | None = None


_ICONS = {"form": "forms", "table": "database", "flow": "route", "dictionary": "list-details"}


def object_page(
    opened: OpenedDraft, module: str, kind: str, *, label: str, new: NewObject | None
) -> ObjectPage:
    """Return the list of one kind."""
    documents = opened.draft.documents
    found = tuple(standing(documents, kind))
    forms = tuple(standing(documents, "form")) if kind == "flow" else ()
    return ObjectPage(
        module=module,
        kind=kind,
        label=label,
        label_new=_new(kind),
        label_none=_none(kind),
        icon=_ICONS[kind],
        cards=tuple(_card(opened, module, one) for one in found),
        likes=tuple(Choice(one.name, _named(one)) for one in found),
        forms=tuple(Choice(one.name, _named(one)) for one in forms),
        advice=_advice(kind),
        url=url_for("objects.show", app=opened.draft.app, module=module),
        new=new,
        first=first_form(opened) if kind == "flow" and not forms else None,
    )


def _new(kind: str) -> str:
    match kind:
        case "form":
            return _("新建表单")
        case "table":
            return _("新建底表")
        case "flow":
            return _("新建流程")
    return _("新建字典")


def _none(kind: str) -> str:
    match kind:
        case "form":
            return _("还没有表单")
        case "table":
            return _("还没有底表")
        case "flow":
            return _("还没有流程")
    return _("还没有字典")


def first_form(opened: OpenedDraft) -> Link:
    """Return where an app gets its first form."""
    url = url_for("objects.show", app=opened.draft.app, module="forms")
    return Link(_("先建表单"), url, "forms")


def page_of(app: str, module: str, code: str) -> str:
    """Return the address of an object's designer."""
    return f"{url_for('design.app', app=app)}{module}/{code}"


def _card(opened: OpenedDraft, module: str, one: Standing) -> ObjectCard:
    app = opened.draft.app
    tags = []
    if one.file not in opened.draft.released:
        tags.append(Tag(_("新"), "accent"))
    elif one.file in opened.draft.touched:
        tags.append(Tag(_("有修改"), "warn"))
    name = _named(one)
    return ObjectCard(
        one.name,
        name,
        page_of(app, module, one.name),
        url_for("objects.remove", app=app, module=module, code=one.name),
        " · ".join(_holds(opened.draft.documents, one)),
        tuple(tags),
        f"{name} {one.name}",
    )


def _holds(documents: Documents, one: Standing) -> Iterator[str]:
    document = one.document
    if one.kind in ("form", "table"):
        fields = document.get("fields") or []
        subs = sum(field.get("type") == "subtable" for field in fields)
        yield _("%(n)s 个字段", n=len(fields) - subs)
        if subs:
            yield _("%(n)s 个重复表", n=subs)
    if one.kind == "flow":
        form = next((f for f in standing(documents, "form") if f.name == document.get("form")), None)
        if form:
            yield _named(form)
        yield _("%(n)s 个节点", n=len(document.get("nodes") or []))
    if one.kind == "dictionary":
        yield _("%(n)s 项", n=len(document.get("items") or []))


def _named(one: Standing) -> str:
    return str(one.document.get("name") or one.name)


def _advice(kind: str) -> str:
    return {
        "form": _("表单是人们填写和审批的单据。新建一张，从左侧拖入控件即可。"),
        "table": _("底表保存长期数据，如客户、合同台账；表单可以从中选取，规则可以写回。"),
        "flow": _("流程决定一张表单由谁、按什么顺序处理。先有表单，再画流程。"),
        "dictionary": _("字典是一组可选值，如合同类别；下拉、单选和多选都可以使用。"),
    }[kind]


def views_of(app: str, module: str, code: str, *, current: str) -> tuple[Link, ...]:
    """Return the ways to look at an object: as a picture to work on, and as the text of a pack."""
    url = page_of(app, module, code)
    return (
        Link(_("设计"), url, "layout-dashboard", current=current == "design"),
        Link("YAML", f"{url}/yaml", "code", current=current == "yaml"),
    )

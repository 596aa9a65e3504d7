"""The frame of every page inside an app: its name, its modules, what is saved."""

from dataclasses import dataclass, field

from flask import url_for

from builder.usecases.open_draft import OpenedDraft
from builder.web.navigation import KIND_OF, modules
from runtime.language.speech import _
from runtime.web.sheet import moment
from runtime.web.views.common import Link, Tag


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a designer."""

    app: str
    app_name: str
    icon: str
    home: str
    modules: tuple[Link, ...]
    tag: Tag
    #: Name of the object that is open, and where its list is; empty on a list.
    name: str = ""
    back: str = ""
    #: The document that is open, and its revision.
    file: str = ""
    rev: int = 0
    undo: bool = False
    redo: bool = False
    #: "已保存 10:30"
    saved: str = ""
    #: Somebody published since the draft was begun.
    behind: bool = False
    #: Changes that wait (`Draft.waiting`), and where they are published.
    changed: int = 0
    publish_url: str = ""
    #: Where edits go.
    edit_url: str = ""
    #: Other views of the same object: the designer, its YAML.
    views: tuple[Link, ...] = field(default=())


def frame(
    opened: OpenedDraft,
    *,
    module: str,
    name: str = "",
    file: str = "",
    views: tuple[Link, ...] = (),
) -> Frame:
    """Return the frame of a page of `module`; `name` and `file` are of the object that is open."""
    app = opened.draft.app
    links = modules(app, current=module)
    changed = opened.draft.changes.get(file)
    saved = _("%(who)s 保存于 %(at)s", who=opened.changed_by, at=moment(changed.at)) if changed else ""
    home = url_for("design.app", app=app)
    return Frame(
        app=app,
        app_name=opened.name,
        icon=opened.icon,
        home=home,
        modules=links,
        tag=_tag(opened),
        name=name,
        back=_back(home, module, name),
        file=file,
        rev=opened.draft.rev(file),
        undo=opened.undo,
        redo=opened.redo,
        saved=saved,
        behind=opened.is_behind,
        changed=opened.draft.waiting,
        publish_url=url_for("publish.show", app=app),
        edit_url=url_for("draft.edit", app=app),
        views=views,
    )


def _back(home: str, module: str, name: str) -> str:
    """Return where the page lies: below its list, below the app, or below all apps."""
    if not name:
        return url_for("design.home")
    return f"{home}{module}/" if module in KIND_OF else home


def _tag(opened: OpenedDraft) -> Tag:
    if opened.current is None:
        return Tag(_("未发布"), "warn")
    if opened.draft.waiting:
        return Tag(_("草稿"), "warn")
    return Tag(_("第 %(n)s 版", n=opened.current.number), "ok")

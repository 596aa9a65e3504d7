"""The designer's entries in the navigation of the site, and the modules of one app."""

from collections.abc import Iterator

from flask import url_for

from builder.usecases.designing import is_designer
from runtime.language.speech import _
from runtime.store.database import db
from runtime.usecases.open_menu import Menu
from runtime.web.views.common import Link

#: Module → kind of object, for those whose objects are made one by one.
KIND_OF = {"forms": "form", "tables": "table", "flows": "flow", "dictionaries": "dictionary"}


def heading() -> str:
    """Return what stands above the designer's entries."""
    return _("设计")


def entries(menu: Menu) -> tuple[Link, ...]:
    """Return the designer's entries in somebody's navigation."""
    if not is_designer(session=db.session(), actor=menu.person.id):
        return ()
    return (Link(_("设计中心"), url_for("design.home"), "layout-dashboard"),)


def modules(app: str, *, current: str = "") -> tuple[Link, ...]:
    """Return the modules of an app, as the bar above every designer shows them."""
    home = url_for("design.app", app=app)
    return tuple(
        Link(name, f"{home}{code}/", icon, current=code == current) for code, name, icon in _modules()
    )


def _modules() -> Iterator[tuple[str, str, str]]:
    yield "forms", _("表单"), "forms"
    yield "tables", _("底表"), "database"
    yield "flows", _("流程"), "route"
    yield "rules", _("规则"), "bolt"
    yield "dictionaries", _("字典"), "list-details"
    yield "permissions", _("权限"), "shield-check"
    yield "menu", _("菜单"), "menu-2"
    yield "tests", _("测试"), "checks"
    yield "releases", _("版本"), "history"

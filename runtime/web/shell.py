"""The frame of a page, as the person behind the request may see it."""

from collections.abc import Sequence

from flask import Flask, current_app, g, request, url_for
from werkzeug.local import LocalProxy

from runtime.language.speech import _
from runtime.store.database import db
from runtime.usecases.open_menu import AppMenu, Menu, MenuItem, open_menu
from runtime.web.account import actor
from runtime.web.clock import clock
from runtime.web.views.common import Link
from runtime.web.views.shell import NavGroup, Shell
from runtime.web.wing import Wing

_WINGS = "biaoliu-wings"


def show_shell(app: Flask, wings: Sequence[Wing] = ()) -> None:
    """Give templates `shell`; asked of the database only by pages that show it, once per request.

    `wings` may have entries of their own in the navigation.
    """
    app.extensions[_WINGS] = tuple(wings)
    app.context_processor(lambda: {"shell": LocalProxy(current_shell)})


def current_menu() -> Menu:
    """Return what the person behind this request may open."""
    if "menu" not in g:
        g.menu = open_menu(session=db.session(), clock=clock(), actor=actor())
    menu: Menu = g.menu
    return menu


def current_shell() -> Shell:
    """Return the frame for the person behind this request."""
    if "shell" not in g:
        g.shell = _shell(current_menu())
    shell: Shell = g.shell
    return shell


def item_url(item: MenuItem) -> str:
    """Return where an entry of the menu leads."""
    if item.kind == "flow":
        return url_for("forms.new", app=item.app, flow=item.code)
    return url_for("tables.show", app=item.app, table=item.code, view=item.view or None)


def _shell(menu: Menu) -> Shell:
    todo = url_for("work.show", tab="todo")
    waiting = _("%(n)s 条待办", n=menu.waiting)
    own = (
        _link(_("工作台"), todo, "home", count=menu.waiting, label=waiting),
        _link(_("发起"), url_for("work.start"), "plus"),
        _link(_("消息"), url_for("work.inbox"), "bell"),
    )
    bottom = (
        _link(_("待办"), todo, "inbox", count=menu.waiting, label=waiting),
        _link(_("发起"), url_for("work.start"), "plus"),
        _link(_("我发起的"), url_for("work.show", tab="started"), "send-2"),
        _link(_("消息"), url_for("work.inbox"), "bell", count=menu.unread),
    )
    groups = [NavGroup("", own), *(_group(app) for app in menu.apps)]
    for wing in current_app.extensions.get(_WINGS, ()):
        links = tuple(_link(one.name, one.url, one.icon) for one in wing.entries(menu))
        if links:
            groups.append(NavGroup(wing.name(), links))
    if menu.administrator:
        groups.append(NavGroup(_("管理"), _administration()))
    return Shell(
        person=menu.person.name,
        position=" · ".join(menu.position),
        groups=tuple(groups),
        bottom=bottom,
        unread=menu.unread,
        demo=current_app.config["DEMO"],
    )


def _group(app: AppMenu) -> NavGroup:
    return NavGroup(app.name, tuple(_link(item.name, item_url(item), item.icon) for item in app.items))


def _administration() -> tuple[Link, ...]:
    return (
        _link(_("应用包"), url_for("admin.packs"), "packages"),
        _link(_("用户"), url_for("admin.people"), "users"),
        _link(_("失败任务"), url_for("admin.jobs"), "alert-triangle"),
        _link(_("操作记录"), url_for("admin.audit"), "history"),
    )


def _link(name: str, url: str, icon: str, *, count: int | None = None, label: str = "") -> Link:
    here = request.full_path.rstrip("?")
    return Link(name, url, icon, current=url in (here, request.path), count=count, count_label=label)

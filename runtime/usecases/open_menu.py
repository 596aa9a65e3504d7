"""What somebody finds in the navigation: apps with what they may start and see, and what waits for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from runtime.language.app import App, MenuEntry, Permission
from runtime.language.directory import Person
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.access import access_to
from runtime.running.context import Clock, Context, open_context
from runtime.running.start_case import may_start
from runtime.store import notices, task_lists
from runtime.store.access import ADMINISTRATORS
from runtime.store.grants import Grant, is_given
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class MenuItem:
    """Something to open: a flow to start, or the list of a table."""

    kind: Literal["flow", "table"]
    name: str
    icon: str
    #: The app that has the flow or table.
    app: str
    #: Code of the flow or of the table.
    code: str
    #: Code of the table's view, "" for its first.
    view: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class AppMenu:
    """What one app offers this person."""

    code: str
    name: str
    items: tuple[MenuItem, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """Everything that a person may open, and what waits for them; counts end at `task_lists.MOST_COUNTED`."""

    person: Person
    #: Names of department and post, as far as there are any.
    position: tuple[str, ...]
    apps: tuple[AppMenu, ...]
    #: Flows that the person may start, by app; apps without any are left out.
    starts: tuple[AppMenu, ...]
    administrator: bool
    waiting: int
    #: Copies that were not opened yet.
    told: int
    unread: int


def open_menu(*, session: Session, clock: Clock, actor: int) -> Menu:
    """Return what the person may open.

    :raises Forbidden: if the person may not work any more.
    """
    context = open_context(session, clock=clock, actor=actor)
    person = context.actor
    if person is None:
        raise NotFound("nobody", _("没有这个人员。"))
    apps = [context.world.apps[code] for code in sorted(context.world.apps)]
    menus = (AppMenu(app.code, app.manifest.name, tuple(_items(context, app))) for app in apps)
    starts = (AppMenu(app.code, app.manifest.name, tuple(_flows(context, app))) for app in apps)
    department = context.directory.departments.get(person.department or "")
    post = context.directory.posts.get(person.post or "")
    return Menu(
        person=person,
        position=tuple(one.name for one in (department, post) if one),
        apps=tuple(one for one in menus if one.items),
        starts=tuple(one for one in starts if one.items),
        administrator=person.code in context.directory.members(ADMINISTRATORS),
        waiting=task_lists.count_waiting(session, person=actor),
        told=task_lists.count_unread(session, person=actor),
        unread=notices.unread(session, person=actor),
    )


def _items(context: Context, app: App) -> Iterator[MenuItem]:
    for entry in app.menu:
        if not _is_for(context, app, entry):
            continue
        if entry.flow:
            found = _flow(context, app, entry)
        elif entry.table:
            found = _table(context, app, entry)
        else:
            found = None
        if found:
            yield found


def _is_for(context: Context, app: App, entry: MenuEntry) -> bool:
    """Tell whether an entry is meant for the person: its roles say so, or it names none."""
    person = context.actor
    if person is None or not entry.roles or person.code in context.directory.members(ADMINISTRATORS):
        return person is not None
    roles = (Permission(who=role, on=(), scope="own", can=()) for role in entry.roles)
    return any(is_given(Grant(app.code, role), person, context.directory) for role in roles)


def _flow(context: Context, app: App, entry: MenuEntry) -> MenuItem | None:
    pack, _slash, code = app.ref(entry.flow or "").partition("/")
    other = context.world.apps.get(pack)
    if other is None or other.flow(code) is None or not may_start(context, context.world.app(pack), code):
        return None
    return MenuItem("flow", entry.name, entry.icon or "file-plus", pack, code)


def _table(context: Context, app: App, entry: MenuEntry) -> MenuItem | None:
    path = app.ref(entry.table or "")
    if context.world.definition(path) is None or not access_to(context, path).may("view"):
        return None
    pack, _slash, code = path.partition("/")
    return MenuItem("table", entry.name, entry.icon or "table", pack, code, entry.view or "")


def _flows(context: Context, app: App) -> Iterator[MenuItem]:
    named = {app.ref(entry.flow): entry.icon for entry in app.menu if entry.flow}
    for flow in app.flows:
        if may_start(context, context.world.app(app.code), flow.code):
            icon = named.get(f"{app.code}/{flow.code}") or app.manifest.icon
            yield MenuItem("flow", flow.name, icon, app.code, flow.code, note=app.manifest.summary)

"""Grants, slots, the menu and the settings of an app: lists that are edited in place."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from builder.edits.access import MENU, PERMISSIONS
from builder.usecases.open_draft import OpenedDraft
from builder.web.fragments import fragment
from builder.web.request import draft_of
from builder.web.views.access_design import access_design
from builder.web.views.access_words import slot_kinds, slots_of
from builder.web.views.frame import frame
from builder.web.views.menu_design import menu_design
from builder.web.views.settings_design import settings_design
from builder.web.views.sources import word
from runtime.language.parts import MANIFEST
from runtime.language.speech import _

bp = Blueprint("access_design", __name__, url_prefix="/design/<app>")

_LONGEST = 120


@bp.get("/permissions/")
def permissions(app: str) -> str:
    """Show the grants, or what each role may do with each object."""
    opened = draft_of(app, PERMISSIONS)
    tab = "summary" if request.args.get("tab") == "summary" else "grants"
    view = {"name": "permissions", "tab": tab, "selected": _asked("selected")}
    return render_template(
        "design/permissions.html",
        frame=frame(opened, module="permissions", name=_("权限"), file=PERMISSIONS),
        view=view,
        **_grants(opened, view),
    )


@fragment("permissions")
def draw_permissions(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the grants and the panel anew."""
    return _drawn("permissions", _grants(opened, view))


@bp.get("/permissions/slots")
def slots(app: str) -> str:
    """Show what the app needs of an organisation."""
    opened = draft_of(app, MANIFEST)
    return render_template(
        "design/slots.html",
        frame=frame(opened, module="permissions", name=_("角色与岗位槽"), file=MANIFEST),
        view={"name": "slots", "selected": ""},
        slots=slots_of(opened),
        kinds=slot_kinds(),
    )


@fragment("slots")
def draw_slots(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the slots anew."""
    del view
    return render_template("design/_slots.html", slots=slots_of(opened), kinds=slot_kinds())


@bp.get("/menu/")
def menu(app: str) -> str:
    """Show the menu."""
    opened = draft_of(app, MENU)
    view = {"name": "menu", "selected": _asked("selected"), "role": ""}
    return render_template(
        "design/menu.html",
        frame=frame(opened, module="menu", name=_("菜单"), file=MENU),
        view=view,
        **_menu(opened, view),
    )


@fragment("menu")
def draw_menu(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the menu, its preview and the panel anew."""
    return _drawn("menu", _menu(opened, view))


@bp.get("/settings/")
def settings(app: str) -> str:
    """Show the settings of the app itself."""
    opened = draft_of(app, MANIFEST)
    return render_template(
        "design/settings.html",
        frame=frame(opened, module="settings", name=_("应用设置"), file=MANIFEST),
        view={"name": "settings", "selected": ""},
        design=settings_design(opened),
    )


@fragment("settings")
def draw_settings(opened: OpenedDraft, view: Mapping[str, Any]) -> str:
    """Draw the settings anew."""
    del view
    return render_template("design/_settings.html", design=settings_design(opened))


def _grants(opened: OpenedDraft, view: Mapping[str, Any]) -> dict[str, Any]:
    summary = view.get("tab") == "summary"
    selected = word(view.get("selected"))[:_LONGEST]
    return {"design": access_design(opened, selected, summary=summary), "summary": summary}


def _menu(opened: OpenedDraft, view: Mapping[str, Any]) -> dict[str, Any]:
    selected, role = (word(view.get(key))[:_LONGEST] for key in ("selected", "role"))
    return {"design": menu_design(opened, selected, role), "app_name": opened.name}


def _drawn(name: str, parts: Mapping[str, Any]) -> str:
    work = render_template(f"design/_{name}.html", **parts)
    return work + render_template(f"design/_{name}_panel.html", **parts)


def _asked(name: str) -> str:
    return request.args.get(name, "")[:_LONGEST]

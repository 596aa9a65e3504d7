"""The apps of the design centre: what is installed, and what is only a draft yet."""

from dataclasses import dataclass, replace
from datetime import datetime

from builder.store import draft_list
from builder.usecases.designing import designer
from runtime.packs.world import world
from runtime.store import releases
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class AppLine:
    """One app."""

    code: str
    name: str
    icon: str
    summary: str
    #: Number of the current release, 0 if it was never published.
    release: int
    version: str
    #: Forms, base tables and flows as released.
    forms: int = 0
    tables: int = 0
    flows: int = 0
    #: Documents that wait to be published; None: there is no draft.
    changed: int | None = None
    changed_at: datetime | None = None
    changed_by: str = ""


def list_apps(*, session: Session, actor: int) -> tuple[AppLine, ...]:
    """Return all apps: those being worked on first, newest first, then the others as installed.

    :raises Forbidden: if the person may not design apps.
    """
    with reading(session) as tx:
        who = designer(tx, actor=actor)
        apps = world(tx).apps
        lines = {}
        for one in releases.installed(tx):
            if one.release is None or one.code not in apps:
                continue
            app = apps[one.code]
            lines[one.code] = AppLine(
                one.code,
                one.name,
                one.icon,
                app.manifest.summary,
                one.release.number,
                one.release.version,
                sum(entity.kind == "form" for entity in app.entities),
                sum(entity.kind == "table" for entity in app.entities),
                len(app.flows),
            )
        worked_on = []
        for code, _, at, by, count in draft_list.all_drafts(tx):
            line = lines.pop(code, None) or _new(tx, code)
            worked_on.append(_with(line, count, at, who.name_of(by)))
        worked_on.sort(key=lambda line: line.changed_at or datetime.min, reverse=True)
        return (*worked_on, *lines.values())


def _new(tx: Session, code: str) -> AppLine:
    manifest = draft_list.manifest_of(tx, code)
    name, icon = str(manifest.get("name") or code), str(manifest.get("icon") or "file-text")
    return AppLine(
        code, name, icon, str(manifest.get("summary") or ""), 0, str(manifest.get("version") or "")
    )


def _with(line: AppLine, count: int, at: datetime, by: str) -> AppLine:
    return replace(line, changed=count, changed_at=at, changed_by=by)

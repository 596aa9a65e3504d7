"""Releases of apps: immutable, content-addressed, compiled once per process.

A release's content is its canonical files. A case keeps the release it began with; whoever starts something
new takes the current one.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import RowMapping, Select, delete, func, select, update

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.store.session import Session
from runtime.store.snapshot import Snapshot, raise_schema, revisions
from runtime.store.tables import app, app_release, release_file
from runtime.store.upsert import insert

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Release:
    """One release of an app, without its content."""

    id: int
    app: str
    number: int
    version: str
    content_hash: str
    note: str
    created_at: datetime
    created_by: int


@dataclass(frozen=True, slots=True)
class Installed:
    """An app of this installation and the release that new cases use."""

    code: str
    name: str
    icon: str
    release: Release | None


class Compiled(Generic[T]):
    """What `compile` makes of a release's content, made once per content and process.

    `compile` gets the files of the release (name → text). Releases never change, so what is kept is true for
    ever; at most `keep` contents are kept.
    """

    def __init__(self, compile: Callable[[Mapping[str, str]], T], *, keep: int = 200) -> None:
        self._compile = compile
        self._keep = keep
        self._made: dict[str, T] = {}

    def of(self, tx: Session, release_id: int) -> T:
        """Return the compiled release; its content is read only if this process has not seen it.

        :raises NotFound: if there is no such release.
        """
        made_of = release(tx, release_id).content_hash
        return self.of_content(made_of, lambda: content(tx, release_id))

    def of_content(self, content_hash: str, files: Callable[[], Mapping[str, str]]) -> T:
        """Return what `compile` makes of `files()`, which has this hash."""
        found = self._made.get(content_hash)
        if found is None:
            found = self._compile(files())
            while len(self._made) >= self._keep:
                self._made.pop(next(iter(self._made)))
            self._made[content_hash] = found
        return found


def store(
    tx: Session,
    *,
    code: str,
    name: str,
    version: str,
    content_hash: str,
    files: Mapping[str, str],
    by: int,
    at: datetime,
    icon: str = "file-text",
    note: str = "",
    data: Mapping[str, bytes] | None = None,
) -> Release:
    """Keep the content as the app's next release and make it current.

    `data` are files that come along without being part of the meaning: rows, fixtures. The content of the
    current release again is that release, with this data. Locks the app's row until the commit: two
    people publishing at once follow each other.
    """
    entered = insert(tx, app).values(code=code, name=name, icon=icon, installed_at=at)
    tx.execute(entered.on_conflict_do_update(index_elements=["code"], set_={"name": name, "icon": icon}))
    latest = current(tx, code)
    if latest is not None and latest.content_hash == content_hash:
        _keep_data(tx, latest.id, data or {})
        return latest
    last = tx.scalar(select(func.max(app_release.c.number)).where(app_release.c.app == code)) or 0
    row: dict[str, Any] = {
        "app": code,
        "number": last + 1,
        "version": version,
        "content_hash": content_hash,
        "note": note,
        "created_at": at,
        "created_by": by,
    }
    made = tx.execute(app_release.insert().values(**row, content=dict(files)).returning(app_release.c.id))
    stored = Release(id=made.scalar_one(), **row)
    tx.execute(update(app).where(app.c.code == code).values(current_release_id=stored.id))
    _keep_data(tx, stored.id, data or {})
    raise_schema(tx)
    return stored


def release(tx: Session, release_id: int) -> Release:
    """Return a release.

    :raises NotFound: if there is none with this id.
    """
    row = tx.execute(_releases().where(app_release.c.id == release_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("no_such_release", _("没有这个版本。"))
    return Release(**row)


def releases(tx: Session, code: str) -> list[Release]:
    """Return the app's releases, newest first."""
    rows = tx.execute(_releases().where(app_release.c.app == code).order_by(app_release.c.number.desc()))
    return [Release(**row) for row in rows.mappings()]


def current(tx: Session, code: str) -> Release | None:
    """Return the release that new cases of the app use, or None if the app is not installed."""
    joined = _releases().join(app, app.c.current_release_id == app_release.c.id).where(app.c.code == code)
    row = tx.execute(joined).mappings().one_or_none()
    return Release(**row) if row else None


def content(tx: Session, release_id: int) -> Mapping[str, str]:
    """Return the canonical files of a release: name → text.

    :raises NotFound: if there is none with this id.
    """
    found: Mapping[str, str] | None = tx.scalar(
        select(app_release.c.content).where(app_release.c.id == release_id)
    )
    if found is None:
        raise NotFound("no_such_release", _("没有这个版本。"))
    return found


def data_of(tx: Session, release_id: int) -> dict[str, bytes]:
    """Return the files that came with a release: path → bytes."""
    rows = select(release_file.c.path, release_file.c.data).where(release_file.c.release_id == release_id)
    return {row.path: row.data for row in tx.execute(rows)}


def installed(tx: Session, *, schema: int | None = None) -> tuple[Installed, ...]:
    """Return the apps of this installation, in their order; read once per schema number and process."""
    number = revisions(tx).schema if schema is None else schema
    return _INSTALLED.at(tx, number, load=lambda: _installed(tx))


def _keep_data(tx: Session, release_id: int, data: Mapping[str, bytes]) -> None:
    tx.execute(delete(release_file).where(release_file.c.release_id == release_id))
    if data:
        rows = [{"release_id": release_id, "path": path, "data": one} for path, one in data.items()]
        tx.execute(release_file.insert(), rows)


def _installed(tx: Session) -> tuple[Installed, ...]:
    rows = tx.execute(
        select(app.c.code.label("app_code"), app.c.name, app.c.icon, *_RELEASE)
        .outerjoin(app_release, app.c.current_release_id == app_release.c.id)
        .order_by(app.c.position, app.c.installed_at, app.c.code)
    )
    return tuple(_line(row) for row in rows.mappings())


def _line(row: RowMapping) -> Installed:
    known = {key: row[key] for key in Release.__slots__}
    return Installed(row["app_code"], row["name"], row["icon"], Release(**known) if row["id"] else None)


def _releases() -> Select[Any]:
    return select(*_RELEASE)


_RELEASE = tuple(app_release.c[name] for name in Release.__slots__)
_INSTALLED: Snapshot[tuple[Installed, ...]] = Snapshot()

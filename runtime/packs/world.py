"""All installed apps as this process knows them: parsed once per content, compiled once per publication."""

from collections.abc import Mapping
from threading import Lock

from runtime.language.app import App, Dictionary
from runtime.language.entity import Entity
from runtime.language.load import load_app
from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.packs.compiled_app import CompiledApp, compile_app
from runtime.packs.vocabulary import VOCABULARY
from runtime.records.compiled import CompiledEntity
from runtime.store import releases
from runtime.store.grants import Grants
from runtime.store.session import Session
from runtime.store.snapshot import Snapshot, revisions

_APPS: releases.Compiled[App] = releases.Compiled(lambda files: load_app(files, VOCABULARY))


class World:
    """The current release of every app, and earlier ones as cases ask for them."""

    def __init__(self, current: Mapping[str, tuple[int, App]]) -> None:
        self._ids = {code: number for code, (number, _app) in current.items()}
        self.apps: Mapping[str, App] = {code: app for code, (_number, app) in current.items()}
        self._compiled: dict[int, CompiledApp] = {}
        self._dictionaries = {
            f"{app.code}/{one.code}": one for app in self.apps.values() for one in app.dictionaries
        }
        self.grants = Grants(self.apps.values())
        self._numbers: dict[int, int] = {}
        self._lock = Lock()

    def release_of(self, code: str) -> int:
        """Return the id of an app's current release.

        :raises NotFound: if the app is not installed.
        """
        if code not in self._ids:
            raise NotFound("no_such_app", _("没有安装应用“%(code)s”。", code=code))
        return self._ids[code]

    def app(self, code: str) -> CompiledApp:
        """Return the current release of an app.

        :raises NotFound: if the app is not installed.
        """
        return self._made(self.release_of(code), self.apps[code])

    def release(self, tx: Session, release_id: int) -> CompiledApp:
        """Return a release that a case began with.

        :raises NotFound: if there is no such release.
        """
        found = self._compiled.get(release_id)
        return found if found is not None else self._made(release_id, _APPS.of(tx, release_id))

    def older(self, tx: Session, release_id: int) -> int | None:
        """Return the number of a release that has been followed by another; None for a current one.

        :raises NotFound: if there is no such release.
        """
        if release_id in self._ids.values():
            return None
        if release_id not in self._numbers:
            self._numbers[release_id] = releases.release(tx, release_id).number
        return self._numbers[release_id]

    def entity(self, path: str) -> CompiledEntity:
        """Return an entity as its app's current release has it.

        :raises NotFound: if there is none.
        """
        pack, _slash, code = path.partition("/")
        found = self.app(pack).entities.get(code)
        if found is None:
            raise NotFound("no_such_entity", _("没有“%(path)s”这张表或表单。", path=path))
        return found

    def definition(self, path: str) -> Entity | None:
        """Return the definition of "pack/entity" in the current releases, None if there is none."""
        pack, _slash, code = path.partition("/")
        app = self.apps.get(pack)
        return app.entity(code) if app else None

    def dictionary(self, path: str) -> Dictionary | None:
        """Return the dictionary "pack/code", None if there is none."""
        return self._dictionaries.get(path)

    def key(self, path: str) -> str | None:
        """Return the key field of "pack/table", None if it has no single one."""
        entity = self.definition(path)
        return entity.key[0] if entity and len(entity.key) == 1 else None

    def _made(self, release_id: int, app: App) -> CompiledApp:
        found = self._compiled.get(release_id)
        if found is None:
            with self._lock:
                found = self._compiled.get(release_id) or compile_app(app, entities=self.definition)
                self._compiled[release_id] = found
        return found


def world(tx: Session, *, schema: int | None = None) -> World:
    """Return the apps as they are installed now.

    `schema` is today's schema number, if the caller has read it already; then nothing is asked of the
    database while what this process keeps is of that number.
    """
    number = revisions(tx).schema if schema is None else schema
    return _WORLD.at(tx, number, load=lambda: _load(tx, number))


def kept(tx: Session) -> tuple[int, World] | None:
    """Return the apps as this process knows them, and of which schema number that is.

    Nothing is asked of the database: whoever uses it must see the number confirmed.
    """
    return _WORLD.kept(tx)


def _load(tx: Session, schema: int) -> World:
    current = {
        one.code: (one.release.id, _APPS.of(tx, one.release.id))
        for one in releases.installed(tx, schema=schema)
        if one.release
    }
    return World(current)


_WORLD: Snapshot[World] = Snapshot()

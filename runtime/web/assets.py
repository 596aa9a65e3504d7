"""Addresses of the browser's files, and the check that they are all there.

Every address carries a hash of the content, so that it may be cached for good.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, g, request, url_for
from markupsafe import Markup

from runtime.web.modules import Modules

#: What pages load from the vendor folder; a start without one of them would give broken pages.
NEEDED = (
    "htmx.min.js",
    "tom-select.min.js",
    "tom-select.min.css",
    "flatpickr.min.js",
    "flatpickr.min.css",
    "flatpickr.zh.js",
    "icons.svg",
    "idiomorph-ext.min.js",
    "sortable.min.js",
    "x6.min.js",
    "x6.css",
    "dagre.min.js",
)

_FOR_GOOD = int(timedelta(days=365).total_seconds())

_ICONS = {
    "pdf": "file-text",
    "doc": "file-text",
    "docx": "file-text",
    "xls": "file-spreadsheet",
    "xlsx": "file-spreadsheet",
    "csv": "file-spreadsheet",
    "zip": "file-zip",
    "rar": "file-zip",
    "7z": "file-zip",
    "png": "photo",
    "jpg": "photo",
    "jpeg": "photo",
    "webp": "photo",
}


class MissingFiles(Exception):
    """The browser's files are not complete; the message names them and says what to run."""


class Assets:
    """The static folder: our own files and the third-party ones of the manifest."""

    def __init__(self, folder: Path) -> None:
        """Read the manifest and hash our own files.

        :raises MissingFiles: if the third-party files were not copied, or not all of them.
        """
        self._vendor = _manifest(folder)
        sprite = (folder / "vendor" / "icons.svg").read_text(encoding="utf-8")
        self._icons = frozenset(re.findall(r'id="i-([^"]+)"', sprite))
        self.modules = Modules(folder)
        self._own = {
            path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()[:10]
            for pattern in ("css/*.css", "*.svg")
            for path in folder.glob(pattern)
        } | {path: self.modules.version(path) for path in self.modules}

    def vendor(self, name: str) -> str:
        """Return the address of a third-party file.

        :raises KeyError: if the manifest does not know it.
        """
        path, _, version = str(self._vendor[name]["url"]).partition("?v=")
        return url_for("static", filename=path, v=version)

    def hashes(self, name: str) -> tuple[str, ...]:
        """Return the hashes of the styles that a library puts into pages itself; none if it puts in none."""
        return tuple(self._vendor.get(name, {}).get("hashes", ()))

    def icon(self, name: str) -> str:
        """Return `name` if the sprite has this icon, else that of a plain file: packs name any they like."""
        return name if name in self._icons else "file-text"

    def asset(self, path: str) -> str:
        """Return the address of one of our own files.

        :raises KeyError: if there is no such file.
        """
        return url_for("static", filename=path, v=self._own[path])

    def module(self, path: str) -> Markup:
        """Return the tags that load a module, and ask at once for all that it imports.

        What another module of the page has asked for is not asked for again.

        :raises KeyError: if there is no such module.
        """
        asked: set[str] = g.setdefault("modules", set())
        early = [one for one in self.modules.imported(path) if one not in asked]
        asked.update(early)
        links = (Markup('<link rel="modulepreload" href="{}">').format(self.asset(one)) for one in early)
        return Markup("").join(
            (*links, Markup('<script type="module" src="{}"></script>').format(self.asset(path)))
        )

    def send(self, app: Flask, filename: str) -> Response:
        """Return a file of the static folder; modules with versions in their imports."""
        text = self.modules.text(filename)
        return app.send_static_file(filename) if text is None else Response(text, mimetype="text/javascript")


def serve_assets(app: Flask, *, folder: Path) -> None:
    """Serve `folder` below /static and give templates `vendor(name)`, `asset(path)`, `module(path)`,
    `known_icon(name)` and `file_icon(name)`.

    :raises MissingFiles: if files that pages need are not there.
    """
    assets = Assets(folder)
    app.static_folder = str(folder)
    app.add_url_rule(
        "/static/<path:filename>", endpoint="static", view_func=lambda filename: assets.send(app, filename)
    )
    app.jinja_env.globals.update(
        vendor=assets.vendor,
        asset=assets.asset,
        module=assets.module,
        known_icon=assets.icon,
        file_icon=file_icon,
    )
    app.extensions["vendor_hashes"] = assets.hashes
    app.after_request(_let_cache)


def file_icon(name: str) -> str:
    """Return the icon of a file, by the ending of its name."""
    return _ICONS.get(name.rpartition(".")[2].lower(), "paperclip")


def _manifest(folder: Path) -> Mapping[str, dict[str, Any]]:
    path = folder / "vendor" / "manifest.json"
    if not path.is_file():
        raise MissingFiles(f"{path} is missing; run: make install")
    manifest: dict[str, dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
    missing = [name for name in NEEDED if name not in manifest or not (path.parent / name).is_file()]
    if missing:
        raise MissingFiles(f"{path.parent} lacks {', '.join(missing)}; run: make install")
    return manifest


def _let_cache(response: Response) -> Response:
    if request.endpoint != "static" or response.status_code not in (200, 304):
        return response
    if "v" in request.args:
        response.headers["Cache-Control"] = f"public, max-age={_FOR_GOOD}, immutable"
    else:
        response.headers["Cache-Control"] = "no-cache"
    return response

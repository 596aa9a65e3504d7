"""What every page of ours stands on: files, headers, limits, languages, errors."""

from collections.abc import Sequence
from pathlib import Path

from flask import Flask

import runtime
from runtime.web.assets import serve_assets
from runtime.web.errors import answer_errors
from runtime.web.inputs import take_in
from runtime.web.languages import speak
from runtime.web.limits import limit
from runtime.web.security import protect

#: Our browser files; beside the packages, because both wings serve them.
STATIC = Path(runtime.__file__).resolve().parents[1] / "designer_static"


def frame(
    app: Flask,
    *,
    https: bool = False,
    limits_in: str = "memory://",
    static: Path = STATIC,
    catalogs: Sequence[Path] = (),
) -> None:
    """Give `app` all of it; routes come afterwards. `catalogs` are folders of translations besides our own.

    :raises runtime.web.assets.MissingFiles: if files that pages need are not there.
    """
    take_in(app)
    serve_assets(app, folder=static)
    protect(app, https=https)
    limit(app, storage=limits_in)
    speak(app, catalogs)
    answer_errors(app)

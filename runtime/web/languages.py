"""The languages of the product's own pages. Texts of packs are in the one language they were written in."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile

import structlog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, g, has_request_context, session
from flask_babel import Babel, get_locale, get_translations
from flask_login import current_user

from runtime.language.speech import speak_with
from runtime.web.texts import script_texts

#: Code → own name. Templates are written in the first one.
LANGUAGES = {"zh_Hans_CN": "简体中文", "en": "English"}
SOURCE = "zh_Hans_CN"

CATALOGS = Path(__file__).parent / "translations"

babel = Babel()
_log = structlog.get_logger(__name__)


def speak(app: Flask, catalogs: Sequence[Path] = ()) -> None:
    """Let pages be shown in the language that each person chose; `catalogs` are folders besides our own."""
    folders = (CATALOGS, *catalogs)
    for folder in folders:
        compile_catalogs(folder)
    app.config.update(
        BABEL_DEFAULT_LOCALE=SOURCE,
        BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
        BABEL_TRANSLATION_DIRECTORIES=";".join(map(str, folders)),
    )
    babel.init_app(app, locale_selector=language)
    speak_with(_said)
    app.jinja_env.globals.update(
        languages=LANGUAGES.items, language_tag=language_tag, script_texts=script_texts
    )


def _said(text: str) -> str:
    """Return a text in the language of this request, as it is written where there is none."""
    if not has_request_context():
        return text
    # The catalog is looked up once: a sheet says words in each of its rows.
    if "words" not in g:
        g.words = get_translations()
    return str(g.words.ugettext(text))


def language() -> str:
    """Return the code of the language of this request: chosen in this session, else by the person."""
    chosen = session.get("language") or getattr(current_user, "locale", None)
    return chosen if chosen in LANGUAGES else SOURCE


def language_tag() -> str:
    """Return the language as HTML names it: `zh-CN`, `en`."""
    locale = get_locale()
    return "zh-CN" if locale is None or locale.language == "zh" else str(locale.language)


def compile_catalogs(folder: Path = CATALOGS) -> list[Path]:
    """Compile each catalog that has no compiled form, or an older one; return what was written.

    Where the folder cannot be written (an installed package), pages are shown in Chinese and the log says so.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        try:
            _compile(source, target)
        except OSError as error:
            _log.warning("catalog not compiled", catalog=str(source), error=str(error))
        else:
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    with source.open("rb") as file:
        catalog = read_po(file, locale=source.parts[-3])
    # Written aside and moved: two processes may start at once.
    with NamedTemporaryFile(dir=target.parent, delete=False) as aside:
        write_mo(aside, catalog)
    Path(aside.name).replace(target)

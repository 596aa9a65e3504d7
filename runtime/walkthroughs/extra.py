"""Walk-throughs that are no part of a pack, played on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _
from runtime.packs.read import PackFiles
from runtime.packs.vocabulary import VOCABULARY

_FOLDER = "tests/"


def with_walkthroughs(files: PackFiles, paths: Sequence[Path], *, others: Mapping[str, App]) -> App:
    """Return the app of `files` with the walk-throughs of the files at `paths` instead of its own.

    :raises Problems: with what is wrong with them; places name the files as they were given.
    """
    given = {f"{_FOLDER}extra_{number}.yaml": path for number, path in enumerate(paths)}
    texts = {name: text for name, text in files.texts.items() if not name.startswith(_FOLDER)}
    try:
        extra = {name: path.read_text("utf-8") for name, path in given.items()}
        app = load_app({**texts, **extra}, VOCABULARY)
    except UnicodeDecodeError as error:
        message = _("走查文件应为 UTF-8 编码：%(why)s", why=error.reason)
        raise Problems([Problem("not_utf8", "$", message)]) from None
    except Problems as found:
        raise Problems(_renamed(one, given) for one in found.problems) from None
    wrong = [one for one in lint(app, others, VOCABULARY) if split_path(one.path)[0] in given]
    if wrong:
        raise Problems(_renamed(one, given) for one in wrong)
    return app


def _renamed(problem: Problem, given: Mapping[str, Path]) -> Problem:
    file = split_path(problem.path)[0]
    name = str(given.get(file, file))
    return replace(problem, path=problem.path.replace(file, name, 1)) if file else problem

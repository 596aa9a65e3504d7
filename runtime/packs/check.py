"""Packs checked together: read, loaded, linted; every problem with file and line."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.language.parts import MANIFEST
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _
from runtime.language.yaml_text import Document, read_yaml
from runtime.packs.read import PackFiles, read_pack
from runtime.packs.rows import check_rows
from runtime.packs.vocabulary import VOCABULARY


@dataclass(frozen=True, slots=True)
class CheckedPack:
    """One pack as it was found: its app unless it could not be loaded, and all its problems."""

    path: Path
    files: PackFiles = field(default_factory=PackFiles)
    app: App | None = None
    problems: tuple[Problem, ...] = ()


def check_packs(paths: Sequence[Path], *, others: Mapping[str, App] | None = None) -> tuple[CheckedPack, ...]:
    """Return the packs at `paths` checked against each other, in the order given.

    `others` are apps at hand besides (those installed). A required pack that is in neither is looked for
    beside the pack that needs it, and only read.
    """
    packs = [_loaded(path) for path in paths]
    apps = {one.app.code: one.app for one in reversed(packs) if one.app is not None}
    known = {**(others or {}), **apps}
    for one in packs:
        known = {**_beside(one, known), **known}
    return tuple(_linted(one, known, first=apps) for one in packs)


def check_files(name: str, files: PackFiles, *, installed: Mapping[str, App]) -> CheckedPack:
    """Return one pack's files (of the upload `name`) checked as an upgrade of what is installed."""
    pack = _of_files(Path(name), files)
    if pack.app is None:
        return pack
    code = pack.app.code
    checked = _linted(pack, {**installed, code: pack.app}, first={code: pack.app})
    broken = tuple(broken_dependents({code: pack.app}, installed))
    return replace(checked, problems=(*checked.problems, *broken))


def broken_dependents(new: Mapping[str, App], installed: Mapping[str, App]) -> Iterator[Problem]:
    """Yield what is wrong with installed packs beside the new ones and was not wrong before.

    A pack must not lose a table or field that another one still uses. Paths begin with the other pack's code.
    """
    after = {**installed, **new}
    for code, app in installed.items():
        if code in new or not new.keys() & set(app.manifest.requires):
            continue
        before = set(lint(app, _without(installed, code), VOCABULARY))
        for problem in lint(app, _without(after, code), VOCABULARY):
            if problem not in before:
                yield replace(problem, path=f"{code}/{problem.path}")


def _loaded(path: Path) -> CheckedPack:
    try:
        files = read_pack(path)
    except Problems as found:
        return CheckedPack(path, problems=found.problems)
    return _of_files(path, files)


def _of_files(path: Path, files: PackFiles) -> CheckedPack:
    try:
        return CheckedPack(path, files, load_app(files.texts, VOCABULARY))
    except Problems as found:
        return CheckedPack(path, files, problems=found.problems)


def _beside(pack: CheckedPack, known: Mapping[str, App]) -> dict[str, App]:
    """Return the packs that `pack` requires, directly or through others, and that lie in the same folder."""
    found: dict[str, App] = {}
    waiting = list(pack.app.manifest.requires) if pack.app else []
    while waiting:
        code = waiting.pop()
        path = pack.path.resolve().parent / code
        if code in known or code in found or not (path / MANIFEST).is_file():
            continue
        app = _loaded(path).app
        if app is not None and app.code == code:
            found[code] = app
            waiting += app.manifest.requires
    return found


def _linted(pack: CheckedPack, known: Mapping[str, App], *, first: Mapping[str, App]) -> CheckedPack:
    app = pack.app
    if app is None:
        return pack
    if first[app.code] is not app:
        message = _("包 %(code)s 给出了两次", code=app.code)
        return replace(pack, problems=(Problem("duplicate", f"{MANIFEST} $.code", message),))
    problems = (*lint(app, _without(known, app.code), VOCABULARY), *check_rows(app, pack.files.data))
    return replace(pack, problems=_with_lines(problems, pack.files.texts))


def _without(apps: Mapping[str, App], code: str) -> dict[str, App]:
    return {one: app for one, app in apps.items() if one != code}


def _with_lines(problems: Iterable[Problem], texts: Mapping[str, str]) -> tuple[Problem, ...]:
    """Return the problems with their lines. Positions are only looked for where there is something to say."""

    @cache
    def document(file: str) -> Document:
        return read_yaml(texts[file])

    def located(problem: Problem) -> Problem:
        file, place = split_path(problem.path)
        if problem.line is not None or file not in texts:
            return problem
        read = document(file)
        # An object that stands alone in its file has no number there.
        place = place[1:] if place[:1] == (0,) and isinstance(read.value, Mapping) else place
        return replace(problem, line=read.line(place))

    return tuple(sorted(map(located, problems), key=lambda one: (split_path(one.path)[0], one.line or 0)))

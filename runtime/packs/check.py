"""Packs checked together: read, loaded, linted; every problem with file and line."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from runtime.language.app import App
from runtime.language.lint import lint
from runtime.language.load import load_app
from runtime.language.parts import MANIFEST
from runtime.language.place import split_path
from runtime.language.problem import Problem, Problems
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


def _loaded(path: Path) -> CheckedPack:
    try:
        files = read_pack(path)
    except Problems as found:
        return CheckedPack(path, problems=found.problems)
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
        message = f"包 {app.code} 给出了两次"
        return replace(pack, problems=(Problem("duplicate", f"{MANIFEST} $.code", message),))
    others = {code: one for code, one in known.items() if code != app.code}
    problems = (*lint(app, others, VOCABULARY), *check_rows(app, pack.files.data))
    return replace(pack, problems=_with_lines(problems, pack.files.texts))


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

"""Where packs are: by their code in a folder of packs, or by a path; and those that they require."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from runtime.language.parts import MANIFEST
from runtime.language.problem import Problem, Problems
from runtime.language.speech import _, listed
from runtime.language.yaml_text import read_yaml
from runtime.packs.read import read_pack


def find_pack(name: str, *, below: Path) -> Path:
    """Return the folder or zip that `name` means: a path, or the code of a pack in the folder `below`.

    :raises Problems: if there is none.
    """
    if (below / name / MANIFEST).is_file():
        return below / name
    if Path(name).exists():
        return Path(name)
    known = listed(path.name for path in packs_in(below)) or _("没有包")
    message = _(
        "“%(name)s”不是文件夹、zip，也不是 %(below)s 中的包（现有 %(known)s）",
        name=name,
        below=below,
        known=known,
    )
    raise Problems([Problem("not_found", "$", message)])


def packs_in(folder: Path) -> list[Path]:
    """Return the pack folders in a folder, by name."""
    return sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))


def with_required(paths: Iterable[Path], *, below: Path) -> list[Path]:
    """Return the packs and after them those that they require, directly or through others.

    A required pack is looked for beside the one that requires it, then in the folder `below`; what is not
    there, or cannot be read, is left out: checking the packs says so.
    """
    found = {path.resolve(): path for path in paths}
    known = {_code(path) for path in found.values()}
    waiting = list(found.values())
    while waiting:
        path = waiting.pop(0)
        for code in _requires(path):
            beside = next(_candidates(code, path.resolve().parent, below), None)
            if code not in known and beside is not None:
                known.add(code)
                found[beside.resolve()] = beside
                waiting.append(beside)
    return list(found.values())


def _candidates(code: str, *folders: Path) -> Iterator[Path]:
    for folder in folders:
        if (folder / code / MANIFEST).is_file():
            yield folder / code
        if (folder / f"{code}.zip").is_file():
            yield folder / f"{code}.zip"


def _code(path: Path) -> str:
    return str(_manifest(path).get("code", ""))


def _requires(path: Path) -> list[str]:
    required = _manifest(path).get("requires")
    return [str(code) for code in required] if isinstance(required, list) else []


def _manifest(path: Path) -> Mapping[str, object]:
    try:
        text = (path / MANIFEST).read_text("utf-8") if path.is_dir() else read_pack(path).texts[MANIFEST]
        value = read_yaml(text).value
    except (Problems, OSError, UnicodeDecodeError, KeyError):
        return {}
    return value if isinstance(value, Mapping) else {}

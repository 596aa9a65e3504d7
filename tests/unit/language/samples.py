"""A small pack that is right in every respect; tests break one thing at a time."""

from collections.abc import Mapping
from pathlib import Path

#: `stock` hands out goods; `depot`, which it does not need, is a pack of one table.
PACKS = Path(__file__).parents[2] / "data" / "packs"


def files_of(pack: str) -> dict[str, str]:
    """Return the texts of a pack by path inside it."""
    root = PACKS / pack
    return {path.relative_to(root).as_posix(): path.read_text("utf-8") for path in root.rglob("*.yaml")}


FILES: Mapping[str, str] = files_of("stock")


def changed(file: str, before: str, after: str) -> dict[str, str]:
    """Return the pack with one piece of one file replaced; the piece must be there."""
    text = FILES[file]
    assert before in text, f"{before} is not in {file}"
    return {**FILES, file: text.replace(before, after, 1)}

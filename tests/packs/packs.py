"""The packs that tests speak of."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from runtime.language.app import App
from runtime.language.load import load_app
from runtime.packs.find import packs_in, with_required
from runtime.packs.read import PackFiles, read_pack
from runtime.packs.vocabulary import VOCABULARY

ROOT = Path(__file__).parents[2]
#: Packs made for tests.
SAMPLES = ROOT / "tests" / "data" / "packs"
#: One that has a bit of everything a walk-through can tell of.
LEND = SAMPLES / "lend"
#: The packs of the product.
SHIPPED = packs_in(ROOT / "packs")


@cache
def loaded(path: Path) -> tuple[App, PackFiles]:
    """Return the pack at `path`."""
    files = read_pack(path)
    return load_app(files.texts, VOCABULARY), files


def company(path: Path) -> list[tuple[App, PackFiles]]:
    """Return the pack at `path` and those that it requires."""
    return [loaded(one) for one in with_required([path], below=path.parent)]

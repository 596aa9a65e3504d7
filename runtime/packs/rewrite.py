"""A pack's files in their canonical form."""

from pathlib import Path

from runtime.language.dump import dump_app
from runtime.language.load import load_app
from runtime.packs.read import read_pack
from runtime.packs.vocabulary import VOCABULARY


def canonical_changes(path: Path) -> dict[str, str]:
    """Return the canonical text of those files of a pack folder that are written otherwise.

    :raises Problems: if the pack cannot be loaded.
    """
    files = read_pack(path).texts
    canonical = dump_app(load_app(files, VOCABULARY))
    return {file: text for file, text in canonical.items() if files.get(file) != text}

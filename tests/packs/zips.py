"""Zips made for tests."""

import zipfile
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of these files."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, one in files.items():
            archive.writestr(name, one)
    return content.getvalue()


def files_below(root: Path) -> dict[str, bytes]:
    """Return the content of all files below a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()
    }

"""Copy the browser libraries from `node_modules/` to where the pages load them.

Which files, and under which name, stands in `vendor.json`; which icons, in `icons.txt`. Nothing is bundled
or rewritten, except that comments pointing at source maps go, since the maps are not shipped and the
browser's tools would log a 404 for each. Run it after `npm ci`; it needs the standard library only.

Writes `designer_static/vendor/` with `manifest.json` (name → url with `?v=hash`, package, licence, size), the
icon sprite and every licence text; and `designer_static/dev/`, which only tests load.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import NotRequired, TypedDict

ROOT = Path(__file__).resolve().parents[1]

#: package → path inside the package → name in the output folder
Listing = dict[str, dict[str, str]]

_SOURCE_MAP = re.compile(rb"(?m)^\s*(//[#@] ?sourceMappingURL=.*|/\*[#@] ?sourceMappingURL=.*?\*/)\s*$")
#: A module of a library that holds a style sheet as text.
_STYLE_MODULE = re.compile(r"export const content = `(.*)`;", re.DOTALL)
_SVG_BODY = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
#: Every outline icon starts with an invisible square of the size of the view box.
_BOUNDING_BOX = re.compile(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>')
_SYMBOL = (
    '<symbol id="i-{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"'
    ' stroke-linecap="round" stroke-linejoin="round">{body}</symbol>'
)


class CannotCopy(Exception):
    """What is installed is not what the lock and the lists name; the message says what to do."""


class Entry(TypedDict):
    """One file of the manifest; sizes are bytes, `gz` compressed as a web server would."""

    url: str
    package: str
    license: str
    bytes: int
    gz: int
    #: Of a style sheet that a library also puts into the page itself: what a policy must name for that.
    hashes: NotRequired[list[str]]


@dataclass(frozen=True)
class Sources:
    """Where packages are installed and what the lock says about them."""

    node_modules: Path
    locked: dict[str, str]

    @classmethod
    def under(cls, root: Path) -> Sources:
        """Return the packages installed beside `root`'s package-lock.json."""
        packages = json.loads((root / "package-lock.json").read_text(encoding="utf-8"))["packages"]
        prefix = "node_modules/"
        locked = {path.removeprefix(prefix): meta["version"] for path, meta in packages.items() if path}
        return cls(root / "node_modules", locked)

    def folder(self, package: str) -> tuple[Path, str, str]:
        """Return folder, version and licence of an installed package.

        :raises CannotCopy: if it is missing, or not in the version that the lock names.
        """
        folder = self.node_modules / package
        try:
            meta = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise CannotCopy(f"{package} is not installed; run: npm ci --ignore-scripts") from None
        locked = self.locked.get(package, "nothing")
        if meta["version"] != locked:
            found = f"{package}: {meta['version']} is installed, the lock names {locked}"
            raise CannotCopy(f"{found}; run: npm ci --ignore-scripts")
        return folder, meta["version"], meta.get("license", "see LICENSE")


def copy_files(*, sources: Sources, listing: Listing, out: Path) -> dict[str, Entry]:
    """Copy the listed files and the licences of their packages to `out`; return the manifest entries.

    :raises CannotCopy: if a package or one of its files is not there as listed.
    """
    (out / "licenses").mkdir(parents=True, exist_ok=True)
    manifest: dict[str, Entry] = {}
    for package, files in listing.items():
        folder, version, licence = sources.folder(package)
        for path in sorted(folder.glob("LICEN[CS]E*")):
            shutil.copyfile(path, out / "licenses" / f"{package.replace('/', '+')}.{path.name}")
        for source, name in files.items():
            if not (folder / source).is_file():
                raise CannotCopy(f"{package} {version} has no file {source}; correct scripts/vendor.json")
            content = _SOURCE_MAP.sub(b"", (folder / source).read_bytes())
            (out / name).write_bytes(content)
            manifest[name] = _entry(name, content, package=f"{package}@{version}", licence=licence)
    return manifest


def write_sprite(*, sources: Sources, names: list[str], out: Path) -> dict[str, Entry]:
    """Write one SVG sprite with the named icons as symbols `i-<name>`; return its manifest entry.

    :raises CannotCopy: if the icon set has no icon of a name.
    """
    folder, version, licence = sources.folder("@tabler/icons")
    symbols = [_symbol(folder / "icons" / "outline", name) for name in sorted(set(names))]
    svg = f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'.encode()
    (out / "licenses").mkdir(parents=True, exist_ok=True)
    shutil.copyfile(folder / "LICENSE", out / "licenses" / "@tabler+icons.LICENSE")
    (out / "icons.svg").write_bytes(svg)
    return {"icons.svg": _entry("icons.svg", svg, package=f"@tabler/icons@{version}", licence=licence)}


def write_styles(*, sources: Sources, listing: dict[str, dict[str, str]], out: Path) -> dict[str, Entry]:
    """Write the style sheets that libraries keep in their scripts, one file of each; return their entries.

    Such a library puts each sheet into the page as a style element: the entry names the hashes that a
    content security policy must allow.

    :raises CannotCopy: if there are none where the list says, or one is not plain text.
    """
    manifest: dict[str, Entry] = {}
    for name, wanted in listing.items():
        folder, version, licence = sources.folder(wanted["package"])
        sheets = [_sheet(path) for path in sorted(folder.glob(wanted["files"]))]
        if not sheets:
            raise CannotCopy(
                f"{wanted['package']} {version} has no {wanted['files']}; correct scripts/vendor.json"
            )
        content = "\n".join(sheets).encode()
        (out / name).write_bytes(content)
        entry = _entry(name, content, package=f"{wanted['package']}@{version}", licence=licence)
        manifest[name] = {**entry, "hashes": [_policy_hash(sheet) for sheet in sheets]}
    return manifest


def copy_all(root: Path = ROOT) -> dict[str, Entry]:
    """Make both output folders anew; return the manifest of `vendor/`.

    A folder is made aside and moved into place: a running server never sees half of it.

    :raises CannotCopy: as the two steps do; the former folders then stand as they were.
    """
    sources = Sources.under(root)
    listed = json.loads((root / "scripts" / "vendor.json").read_text(encoding="utf-8"))
    icons = (root / "scripts" / "icons.txt").read_text(encoding="utf-8").split()
    static = root / "designer_static"
    fresh = {name: static / f"{name}.new" for name in ("vendor", "dev")}
    for folder in fresh.values():
        shutil.rmtree(folder, ignore_errors=True)
    copy_files(sources=sources, listing=listed["dev"], out=fresh["dev"])
    manifest = copy_files(sources=sources, listing=listed["vendor"], out=fresh["vendor"])
    manifest |= write_styles(sources=sources, listing=listed.get("styles", {}), out=fresh["vendor"])
    manifest |= write_sprite(sources=sources, names=icons, out=fresh["vendor"])
    text = json.dumps(manifest, indent=1, ensure_ascii=False) + "\n"
    (fresh["vendor"] / "manifest.json").write_text(text, encoding="utf-8")
    for name, folder in fresh.items():
        shutil.rmtree(static / name, ignore_errors=True)
        folder.rename(static / name)
    return manifest


def main() -> int:
    """Copy everything and print one line per file; return the exit status."""
    try:
        manifest = copy_all()
    except CannotCopy as problem:
        print(f"vendor copy: {problem}", file=sys.stderr)
        return 1
    for name, entry in manifest.items():
        print(f"{name:22} {entry['package']:22} {entry['license']:11} {entry['gz']:>7,} bytes compressed")
    return 0


def _sheet(path: Path) -> str:
    found = _STYLE_MODULE.search(path.read_text(encoding="utf-8"))
    if found is None or "\\" in found[1] or "${" in found[1]:
        raise CannotCopy(f"{path} holds no plain style sheet")
    return found[1]


def _policy_hash(sheet: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(sheet.encode()).digest()).decode()}"


def _symbol(folder: Path, name: str) -> str:
    try:
        svg = (folder / f"{name}.svg").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise CannotCopy(f"the icon set has no icon {name!r}; correct scripts/icons.txt") from None
    body = _SVG_BODY.search(svg)
    if body is None:
        raise CannotCopy(f"{name}.svg has no <svg> element")
    joined = "".join(line.strip() for line in body[1].splitlines())
    return _SYMBOL.format(name=name, body=_BOUNDING_BOX.sub("", joined).replace(" />", "/>"))


def _entry(name: str, content: bytes, *, package: str, licence: str) -> Entry:
    digest = hashlib.sha256(content).hexdigest()[:10]
    return Entry(
        url=f"vendor/{name}?v={digest}",
        package=package,
        license=licence,
        bytes=len(content),
        gz=len(gzip.compress(content, 9)),
    )


if __name__ == "__main__":
    sys.exit(main())

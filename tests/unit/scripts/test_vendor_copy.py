"""The copy of browser libraries ships what the lock names, or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scripts.vendor_copy import CannotCopy, copy_all

ICON = """<svg viewBox="0 0 24 24">
  <path stroke="none" d="M0 0h24v24H0z" fill="none" />
  <path d="M1 1" />
</svg>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A checkout with one library, one tool for tests and a set of one icon installed."""
    versions = {"swap": "1.2.0", "@tabler/icons": "3.0.0", "checker": "4.0.0"}
    for package, version in versions.items():
        _write(tmp_path / f"node_modules/{package}/package.json", {"version": version, "license": "MIT"})
        _write(tmp_path / f"node_modules/{package}/LICENSE", f"licence of {package}")
    _write(tmp_path / "node_modules/swap/swap.js", "let a\n//# sourceMappingURL=swap.js.map")
    _write(tmp_path / "node_modules/checker/checker.js", "let b")
    _write(tmp_path / "node_modules/@tabler/icons/icons/outline/lock.svg", ICON)
    _write(
        tmp_path / "package-lock.json",
        {"packages": {"": {}} | {f"node_modules/{name}": {"version": v} for name, v in versions.items()}},
    )
    _write(tmp_path / "node_modules/swap/es/style/raw.js", "export const content = `a { b: c; }`;\n")
    listed = {
        "vendor": {"swap": {"swap.js": "swap.js"}},
        "styles": {"swap.css": {"package": "swap", "files": "es/**/raw.js"}},
        "dev": {"checker": {"checker.js": "checker.js"}},
    }
    _write(tmp_path / "scripts/vendor.json", listed)
    _write(tmp_path / "scripts/icons.txt", "lock\n")
    return tmp_path


def test_the_manifest_gives_each_file_a_url_that_changes_with_its_content(root: Path) -> None:
    before = copy_all(root)["swap.js"]["url"]
    _write(root / "node_modules/swap/swap.js", "let other")

    after = copy_all(root)["swap.js"]["url"]

    assert before.startswith("vendor/swap.js?v=")
    assert before != after
    assert json.loads((root / "designer_static/vendor/manifest.json").read_text())["swap.js"]["url"] == after


def test_comments_that_point_at_source_maps_are_left_out(root: Path) -> None:
    copy_all(root)

    assert (root / "designer_static/vendor/swap.js").read_text() == "let a\n"


def test_styles_that_a_library_keeps_in_its_scripts_become_a_file_with_their_hashes(root: Path) -> None:
    entry = copy_all(root)["swap.css"]

    assert (root / "designer_static/vendor/swap.css").read_text() == "a { b: c; }"
    # What `openssl dgst -sha256 -binary | base64` says of the sheet.
    assert entry["hashes"] == ["sha256-yD/jYUCL4I/cFNT5ge/UxJ9Pmt6Um0t2gDuCmN1sDhI="]


@pytest.mark.parametrize("text", ["export const content = `a${b}`;", "export const other = 1;"])
def test_styles_that_are_not_plain_text_are_refused(root: Path, text: str) -> None:
    _write(root / "node_modules/swap/es/style/raw.js", text)

    with pytest.raises(CannotCopy, match="no plain style sheet"):
        copy_all(root)


def test_every_licence_text_is_shipped_with_its_files(root: Path) -> None:
    copy_all(root)

    licences = root / "designer_static/vendor/licenses"
    assert {path.name for path in licences.iterdir()} == {"swap.LICENSE", "@tabler+icons.LICENSE"}


def test_the_sprite_holds_the_named_icons_without_their_bounding_boxes(root: Path) -> None:
    copy_all(root)

    sprite = (root / "designer_static/vendor/icons.svg").read_text()
    assert '<symbol id="i-lock"' in sprite
    assert '<path d="M1 1"/>' in sprite
    assert "M0 0h24v24H0z" not in sprite


def test_what_only_tests_load_stands_apart(root: Path) -> None:
    manifest = copy_all(root)

    assert (root / "designer_static/dev/checker.js").is_file()
    assert "checker.js" not in manifest


def test_a_version_other_than_the_locked_one_is_refused_and_the_former_files_stay(root: Path) -> None:
    copy_all(root)
    _write(root / "node_modules/swap/package.json", {"version": "1.3.0"})

    with pytest.raises(CannotCopy, match=r"swap: 1\.3\.0 is installed, the lock names 1\.2\.0"):
        copy_all(root)

    assert (root / "designer_static/vendor/swap.js").is_file()


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("scripts/icons.txt", "lock lokc", "no icon 'lokc'"),
        ("scripts/vendor.json", {"vendor": {"swap": {"gone.js": "x.js"}}, "dev": {}}, "no file gone.js"),
        ("scripts/vendor.json", {"vendor": {"absent": {}}, "dev": {}}, "absent is not installed"),
    ],
)
def test_a_wrong_name_in_the_lists_is_named(root: Path, file: str, content: object, said: str) -> None:
    _write(root / file, content)

    with pytest.raises(CannotCopy, match=said):
        copy_all(root)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))

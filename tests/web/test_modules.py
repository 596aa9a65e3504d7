"""Our scripts carry a version in every import, which changes with all that they lead to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from runtime.web.frame import STATIC
from runtime.web.modules import Modules


def modules(folder: Path, **texts: str) -> Modules:
    """Return modules of a folder with these."""
    (folder / "js" / "deep").mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / "js" / f"{name.replace('_', '/')}.js").write_text(text, encoding="utf-8")
    return Modules(folder)


def test_imports_carry_the_version_of_what_they_name(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        page='import "./one.js";\nimport { a } from "./deep/two.js";\nconst c = import("./one.js");',
        one="export const b = 1;",
        deep_two='import { b } from "../one.js";',
    )

    one, two = found.version("js/one.js"), found.version("js/deep/two.js")
    assert found.text("js/page.js") == (
        f'import "./one.js?v={one}";\nimport {{ a }} from "./deep/two.js?v={two}";\n'
        f'const c = import("./one.js?v={one}");'
    )
    assert found.imported("js/page.js") == ("js/one.js", "js/deep/two.js")


def test_a_version_changes_with_everything_that_the_module_leads_to(tmp_path: Path) -> None:
    texts = {"page": 'import "./one.js";', "one": 'import "./deep/two.js";', "deep_two": "1;", "other": "2;"}
    before = modules(tmp_path, **texts)
    after = modules(tmp_path, deep_two="3;")

    changed = [path for path in before if before.version(path) != after.version(path)]
    assert changed == ["js/deep/two.js", "js/one.js", "js/page.js"]


def test_modules_may_import_each_other_and_comments_name_nothing(tmp_path: Path) -> None:
    found = modules(
        tmp_path,
        one='import "./two.js";\n/** @param {import("./gone.js").a} x */\n// import "./gone.js"',
        two='import "./one.js";',
    )

    assert found.imported("js/one.js") == ("js/two.js",)
    assert found.text("js/two.js") == f'import "./one.js?v={found.version("js/one.js")}";'


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyError, match=r"js/one\.js imports \./two\.js"):
        modules(tmp_path, one='import "./two.js";').version("js/one.js")


def test_every_module_of_ours_imports_only_with_versions() -> None:
    found = Modules(STATIC)
    for path in found:
        text = found.text(path) or ""
        code = [line for line in text.split("\n") if not line.lstrip().startswith(("*", "/*", "//"))]
        assert re.findall(r'(?:from|import)\s*\(?\s*"\.[^"]*\.js"', "\n".join(code)) == [], path

"""Objects as text: every pack opens and is kept to the letter, mistakes are told line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime.packs.read import read_pack
from tests.builder.pages import source
from tests.builder.test_drafts import PAGE
from tests.web.site import Browser, Site

PACKS = sorted(path.parent for path in (Path(__file__).parents[2] / "packs").glob("*/pack.yaml"))


@pytest.fixture
def root(site: Site) -> Browser:
    """Somebody who may design."""
    return site.browser("admin")


@pytest.mark.parametrize("folder", PACKS, ids=lambda path: path.name)
def test_every_object_of_every_pack_opens_and_is_kept_to_the_letter(root: Browser, folder: Path) -> None:
    app = folder.name
    for file, text in read_pack(folder).texts.items():
        module, _slash, rest = file.partition("/")
        if module not in ("forms", "tables", "flows", "dictionaries"):
            continue
        code = rest.removesuffix(".yaml")
        page = root.read(f"/design/{app}/{module}/{code}/yaml")
        assert source(page) == text, file
        saved = root.post(f"/design/{app}/{module}/{code}/yaml", text=text, rev=0)
        assert saved.get_json() == {"rev": 0, "text": text}, file
        assert root.get(f"/design/{app}/{module}/{code}", follow_redirects=True).status_code == 200


def test_a_text_with_mistakes_is_told_line_by_line_and_not_kept(root: Browser) -> None:
    text = "code: sales_contract_change_form\nname: 变更\nfields:\n  - {code: a, type: texts, label: 甲}\n"

    answer = root.post(f"{PAGE}/yaml", text=text, rev=0)

    assert answer.status_code == 422
    assert answer.get_json()["problems"][0]["line"] == 4
    assert "没有字段类型 texts" in answer.get_json()["problems"][0]["message"]


@pytest.mark.parametrize("text", ["", "a: [", "- 1", "&x [*x]", "x: !!python/object:os.system 1", "\x00"])
def test_what_is_no_document_is_refused(root: Browser, text: str) -> None:
    answer = root.post(f"{PAGE}/yaml", text=text, rev=0)

    assert answer.status_code == 422
    assert answer.get_json()["message"]

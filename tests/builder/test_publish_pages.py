"""The pages of publishing, releases and packs, as a designer and others meet them."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from builder.web.places import place_url, place_words
from tests.builder.designing import change, publish, published, remove, revised, stamp_of
from tests.packs.zips import files_below, zipped
from tests.web.site import PACKS, Browser, Site, texts

APP, FORM = "sales_contract", "forms/sales_contract_form.yaml"
HOME = f"/design/{APP}"
RENAMED = change("fields", "contract_name", "label", to="合同全称")


@pytest.fixture
def designer(site: Site) -> Browser:
    """A designer's browser."""
    return site.browser("admin")


def send(browser: Browser, content: bytes, name: str = "pack.zip") -> tuple[int, str]:
    """Send a pack to be taken in as a draft."""
    answer = browser.client.post("/design/import", data={"pack": (BytesIO(content), name)}, buffered=True)
    return answer.status_code, answer.location or texts(answer.text)


@pytest.mark.parametrize("url", ["publish", "releases/", "releases/compare", "releases/export"])
def test_the_pages_are_for_designers(site: Site, url: str) -> None:
    assert site.browser("u052").get(f"{HOME}/{url}").status_code == 403
    assert site.browser("u052").get("/design/import").status_code == 403
    assert site.browser("admin").get(f"{HOME}/{url}").status_code == 200
    assert site.browser("admin").get(f"/design/nothing/{url}").status_code == 404


def test_every_page_of_an_app_says_how_much_waits_and_leads_there(designer: Browser) -> None:
    assert re.search(r"data-changed hidden><span data-count>0<", designer.read(f"{HOME}/forms/"))

    revised(designer, APP, FORM, RENAMED)

    page = designer.read(f"{HOME}/forms/")
    assert re.search(r"data-changed><span data-count>1<", page)
    assert f'href="{HOME}/publish"' in page


def test_a_release_is_published_listed_compared_exported_and_brought_back(designer: Browser) -> None:
    revised(designer, APP, FORM, RENAMED)
    assert "“合同名称”改名为“合同全称”" in texts(designer.read(f"{HOME}/publish"))

    assert "已发布为第 2 版" in texts(published(designer, APP, note="改了 <b>名称</b>"))

    listed = designer.read(f"{HOME}/releases/")
    assert "&lt;b&gt;名称&lt;/b&gt;" in listed
    assert "第 2 版 当前" in texts(listed)
    told = texts(designer.read(f"{HOME}/releases/compare?from=1&to=2"))
    assert "− 删除 - {code: contract_name, type: text, label: 合同名称, required: true}" in told
    assert "+ 新增 - {code: contract_name, type: text, label: 合同全称, required: true}" in told
    with ZipFile(BytesIO(designer.get(f"{HOME}/releases/export?number=1").data)) as archive:
        assert "合同名称" in archive.read(FORM).decode()
    back = designer.client.post(f"{HOME}/releases/1/back")
    assert back.location == f"{HOME}/publish"
    assert "“合同全称”改名为“合同名称”" in texts(designer.read(f"{HOME}/publish"))
    assert "已发布为第 3 版" in texts(published(designer, APP, version="1.1.0"))
    assert "内容相同" not in texts(designer.read(f"{HOME}/releases/compare?from=1&to=3"))
    assert "1 个文件 +1 −1" in texts(designer.read(f"{HOME}/releases/compare?from=1&to=3"))
    assert designer.get(f"{HOME}/releases/compare?from=1&to=99").status_code == 404
    assert designer.get(f"{HOME}/releases/compare?from=x&to=²").status_code == 404


def test_a_problem_leads_to_its_place_and_blocks(designer: Browser) -> None:
    revised(designer, APP, FORM, remove("fields", "contact"))

    page = designer.read(f"{HOME}/publish")

    assert f'href="{HOME}/forms/sales_contract_form?selected=customer_no"' in page
    assert re.search(r'publish__do" type="submit" disabled', page)
    answer = publish(designer, APP)
    assert answer.status_code == 422
    assert "没有发布，什么都没有改变" in texts(answer.text)


def test_what_was_edited_meanwhile_is_told_and_nothing_published(designer: Browser) -> None:
    revised(designer, APP, FORM, RENAMED)
    seen = stamp_of(designer.read(f"{HOME}/publish"))
    revised(designer, APP, FORM, change("fields", "city", "label", to="城市"), rev=1)

    answer = publish(designer, APP, seen=seen, note="我的说明")

    assert answer.status_code == 409
    assert "已有新的修改" in texts(answer.text)
    assert "我的说明" in answer.text  # what was typed is not lost
    assert "第 2 版" not in texts(designer.read(f"{HOME}/releases/"))


def test_what_was_published_meanwhile_is_met_on_the_page(site: Site, designer: Browser) -> None:
    revised(designer, APP, FORM, RENAMED)
    with ZipFile(BytesIO(designer.get(f"{HOME}/releases/export?number=1").data)) as archive:
        texts_of = {name: archive.read(name) for name in archive.namelist()}
    texts_of[FORM] = texts_of[FORM].replace("合同名称".encode(), "合同简称".encode())
    sent = designer.client.post("/admin/packs", data={"pack": (BytesIO(zipped(texts_of)), "x.zip")})
    assert designer.client.post(sent.location, data={}).status_code == 302

    page = designer.read(f"{HOME}/publish")
    assert "先与新版本合并" in page
    seen = stamp_of(page)
    unsolved = designer.client.post(f"{HOME}/publish/rebase", data={"seen": seen})
    assert unsolved.status_code == 422
    assert "请选择保留哪一边" in unsolved.text
    merged = designer.client.post(f"{HOME}/publish/rebase", data={"seen": seen, f"side.{FORM}": "mine"})
    assert merged.location == f"{HOME}/publish"
    assert "“合同简称”改名为“合同全称”" in texts(designer.read(f"{HOME}/publish"))
    assert "已发布为第 3 版" in texts(published(designer, APP))
    assert site.browser("u052").get("/start/sales_contract/sales_contract_flow").status_code == 200


@pytest.mark.parametrize("pack", sorted(path.parent.name for path in PACKS.glob("*/pack.yaml")))
def test_a_pack_exported_and_taken_in_again_changes_nothing(designer: Browser, pack: str) -> None:
    content = designer.get(f"/design/{pack}/releases/export?number=1").data

    assert send(designer, content) == (302, f"/design/{pack}/publish")

    assert "没有未发布的修改" in texts(designer.read(f"/design/{pack}/publish"))
    assert designer.get(f"/design/{pack}/releases/export").data == content


def test_a_new_app_comes_in_as_a_draft(designer: Browser) -> None:
    files = files_below(PACKS / "common_base")
    files["pack.yaml"] = files["pack.yaml"].replace(b"code: common_base", b"code: second_base")
    status, place = send(designer, zipped({f"outer/{name}": one for name, one in files.items()}))

    # The short names of its own objects are still its own.
    assert (status, place) == (302, "/design/second_base/publish")
    assert "首次发布的内容" in designer.read(place)


LABEL = "x" * 5_000_000
LARGE = f"code: a\nname: A\nfields:\n- {{code: b, type: text, label: {LABEL}}}"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "文件是空的"),
        (b"no zip", "不是完好的 zip 包"),
        (zipped({"pack.yaml": b"code: ["}), "pack.yaml 第 1 行"),
        (zipped({"/etc/passwd": b""}), "文件名不能带盘符"),
        (
            zipped(
                {
                    "pack.yaml": b"schema: 1\ncode: big\nname: big\nversion: 1.0.0\n",
                    "forms/a.yaml": LARGE.encode(),
                }
            ),
            "forms/a.yaml",
        ),
    ],
)
def test_a_hostile_pack_is_told_and_not_kept(designer: Browser, content: bytes, told: str) -> None:
    status, page = send(designer, content)

    assert status == 422
    assert told in page
    assert designer.get("/design/big/forms/").status_code == 404
    assert "没有导入" in page


def test_a_label_of_five_megabytes_is_refused_where_it_stands(designer: Browser) -> None:
    edit = {"file": FORM, "rev": 0, "view": {}}
    small = designer.post(
        f"{HOME}/edit", **edit, edit=change("fields", "city", "label", to=LABEL[:4_000_000])
    )
    large = designer.post(f"{HOME}/edit", **edit, edit=change("fields", "city", "label", to=LABEL + LABEL))

    assert small.status_code == 422
    assert small.get_json()["problems"]
    assert large.status_code == 413
    assert "没有未发布的修改" in texts(designer.read(f"{HOME}/publish"))


@pytest.mark.parametrize(
    ("path", "url", "words"),
    [
        ("forms/f.yaml $.fields[1].fields[0].type", "forms/f?selected=items.qty", "表单 申请 › 明细 › 数量"),
        ("forms/f.yaml $.layout[0]", "forms/f", "表单 申请 › 布局"),
        ("flows/w.yaml $.nodes[0].assignees", "flows/w?selected=lead", "流程 审批 › 主管"),
        ("flows/w.yaml $.edges[0].when", "flows/w?selected=start", "流程 审批 › 连线"),
        ("dictionaries/d.yaml $[0].items[0]", "dictionaries/d", "字典 等级 › 高"),
        ("seeds/x.csv $", "", "seeds/x.csv"),
        ("pack.yaml $.slots[9]", None, "包 销售 › slots"),
        ("forms/f.yaml $.fields[99].x", "forms/f", "表单 申请 › fields"),
    ],
)
def test_every_problem_has_a_place(site: Site, path: str, url: str | None, words: str) -> None:
    documents = {
        "pack.yaml": {"code": "sales", "name": "销售"},
        "forms/f.yaml": {
            "code": "f",
            "name": "申请",
            "fields": [
                {"code": "a", "label": "甲"},
                {"code": "items", "label": "明细", "fields": [{"code": "qty", "label": "数量"}]},
            ],
        },
        "flows/w.yaml": {
            "code": "w",
            "name": "审批",
            "nodes": [{"code": "lead", "name": "主管"}],
            "edges": [{"from": "start", "to": "lead"}],
        },
        "dictionaries/d.yaml": {"code": "d", "name": "等级", "items": [{"value": "h", "label": "高"}]},
    }
    with site.app.test_request_context():
        found = place_url("sales", path, documents)
        assert place_words(path, documents) == words
    assert url is None or found == f"/design/sales/{url}"

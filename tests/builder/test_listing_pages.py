"""Tables, dictionaries, rights, menu and settings open for every pack and every half-finished document."""

from __future__ import annotations

import re
from typing import Any

import pytest

from builder.edits.documents import standing
from builder.store import drafts
from runtime.language.yaml_text import read_yaml
from runtime.packs.read import read_pack
from runtime.store.reading import reading
from runtime.store.transaction import transaction
from tests.web.site import PACKS, Browser, Site, texts

APPS = sorted(path.parent.name for path in PACKS.glob("*/pack.yaml"))
ALONE = (
    "permissions/",
    "permissions/?tab=summary",
    "permissions/slots",
    "menu/",
    "menu/?selected=0",
    "settings/",
)


def documents_of(app: str) -> dict[str, Any]:
    return {file: read_yaml(text).value for file, text in read_pack(PACKS / app).texts.items()}


def edited(browser: Browser, app: str, file: str, edit: dict[str, Any], **more: Any) -> Any:
    """Make an edit on what is there now; return the answer."""
    rev = more.pop("rev", None)
    if rev is None:
        rev = browser.get(f"/design/{app}/others?file={file}").get_json()["rev"]
    return browser.post(f"/design/{app}/edit", file=file, rev=rev, edit=edit, **more)


def draft_of(site: Site, app: str) -> drafts.Draft:
    with site.session() as session, reading(session) as tx:
        found = drafts.read(tx, app)
    assert found is not None
    return found


def drafted(site: Site, app: str, documents: dict[str, Any]) -> None:
    """Put a draft into the store as it stands, whatever its shape."""
    from tests.web.site import _BUILT

    with site.session() as session, transaction(session) as tx:
        drafts.begin(tx, app, base=None, by=1, at=_BUILT)
        begun = drafts.read(tx, app, lock=True)
        assert begun is not None
        drafts.keep(tx, begun, documents, label="", by=1, at=_BUILT)


@pytest.mark.parametrize("app", APPS)
def test_every_table_and_dictionary_opens_and_nothing_changes(site: Site, app: str) -> None:
    browser = site.browser("admin")
    for one in standing(documents_of(app), "table"):
        url = f"/design/{app}/tables/{one.name}"
        page = browser.read(url)
        assert str(one.document["fields"][0]["label"]) in page
        for field in one.document["fields"]:
            assert f'id="field-{field["code"]}-label"' in browser.read(f"{url}?selected={field['code']}")
        for tab in ("key", "views", "checks"):
            browser.read(f"{url}?tab={tab}")
    for one in standing(documents_of(app), "dictionary"):
        assert str(one.document["items"][0]["label"]) in browser.read(
            f"/design/{app}/dictionaries/{one.name}"
        )
    for path in ALONE:
        browser.read(f"/design/{app}/{path}")
    assert draft_of(site, app).changes == {}


@pytest.mark.parametrize("app", APPS)
def test_ids_are_unique_on_every_page(site: Site, app: str) -> None:
    browser = site.browser("admin")
    tables = [f"tables/{one.name}" for one in standing(documents_of(app), "table")]
    for path in (*tables, *ALONE):
        found = re.findall(r'\sid="([^"]+)"', browser.read(f"/design/{app}/{path}"))
        assert len(found) == len(set(found)), path


def test_a_table_is_built_by_edits(site: Site) -> None:
    browser, app = site.browser("admin"), "customer_archive"
    assert (
        browser.client.post(f"/design/{app}/tables/", data={"code": "visit", "name": "拜访"}).status_code
        == 302
    )
    file = "tables/visit.yaml"
    view = {"name": "table", "code": "visit", "tab": "fields", "selected": "money"}
    for edit in (
        {"do": "add_listed", "place": ["fields"], "type": "money", "after": "no"},
        {"do": "set", "place": ["fields", "money", "label"], "value": "费用"},
        {"do": "set", "place": ["views", "all", "columns"], "value": ["no", "money"]},
        {"do": "move", "place": ["fields", "name"], "to": 0},
    ):
        answer = edited(browser, app, file, edit, view=view)
        assert answer.status_code == 200, answer.text
        assert 'id="field-money-label"' in answer.get_json()["html"]
    rename = {"do": "rename_field", "place": ["fields", "money"], "code": "cost"}
    answer = edited(browser, app, file, rename, view={**view, "selected": "cost"})
    assert 'id="field-cost-label"' in answer.get_json()["html"]
    table = draft_of(site, app).documents[file]
    assert [one["code"] for one in table["fields"]] == ["name", "no", "cost"]
    assert table["views"][0]["columns"] == ["no", "cost"]
    undone = edited(browser, app, file, {"do": "undo"}, view=view)
    assert "已撤销" in undone.get_json()["message"]
    assert draft_of(site, app).documents[file]["views"][0]["columns"] == ["no", "money"]


def test_a_published_code_is_read_only_and_the_server_keeps_it(site: Site) -> None:
    browser = site.browser("admin")
    page = browser.read("/design/customer_archive/tables/customer?selected=phone")
    assert re.search(r'id="field-phone-code"[^>]* readonly', page)
    rename = {"do": "rename_field", "place": ["fields", "phone"], "code": "mobile"}
    answer = edited(browser, "customer_archive", "tables/customer.yaml", rename)
    assert answer.status_code == 422
    assert "已经发布" in answer.get_json()["message"]
    assert draft_of(site, "customer_archive").changes == {}


def test_another_source_brings_its_key_and_columns(site: Site) -> None:
    browser = site.browser("admin")
    page = browser.read("/design/sales_contract/tables/sales_contract?selected=customer_no")
    changes = re.findall(r"data-change='([^']+)'", page)
    assert any('"from": "common_base/product"' in one and '"key": "product_no"' in one for one in changes)


def test_rights_and_menu_are_edited(site: Site) -> None:
    browser, app = site.browser("admin"), "customer_archive"
    view = {"name": "permissions", "tab": "grants", "selected": "0"}
    toggle = {"do": "toggle", "place": [0, "can"], "word": "delete", "on": True}
    answer = edited(browser, app, "permissions.yaml", toggle, view=view)
    assert answer.status_code == 200, answer.text
    assert "delete" in draft_of(site, app).documents["permissions.yaml"][0]["can"]
    copied = edited(browser, app, "permissions.yaml", {"do": "copy", "place": [0]}, view=view)
    assert 'data-row="3"' in copied.get_json()["html"]
    moved = edited(browser, app, "menu.yaml", {"do": "move", "place": [0], "to": 1}, view={"name": "menu"})
    assert moved.status_code == 200
    assert draft_of(site, app).documents["menu.yaml"][1]["name"] == "客户档案"
    refused = edited(browser, app, "permissions.yaml", {"do": "set", "place": [0, "scope"], "value": "mars"})
    assert refused.status_code == 422


def test_a_role_sees_its_own_navigation(site: Site) -> None:
    browser = site.browser("admin")
    view = {"name": "menu", "selected": "", "role": "sales_rep"}
    shown = browser.post("/design/customer_archive/view", file="menu.yaml", view=view).get_json()["html"]
    preview = texts(shown.partition("menu-preview")[2])
    assert "客户档案" in preview
    assert "有应收的客户" not in preview


def test_a_summary_shows_gaps(site: Site) -> None:
    page = texts(site.browser("admin").read("/design/sales_contract/permissions/?tab=summary"))
    assert "本人的：查看、选取、打印" in page
    assert "—" in page


def test_a_dictionary_says_where_it_is_used(site: Site) -> None:
    page = site.browser("admin").read("/design/common_base/dictionaries/contract_status")
    assert "销售合同台账" in texts(page)


@pytest.mark.parametrize("junk", ["x", 3, None, [1, None], {"a": "b"}, [{"x": 1}, "y"]])
def test_half_finished_documents_open(site: Site, junk: Any) -> None:
    manifest = {"schema": 1, "code": "half", "name": "半成品", "version": "1.0.0"}
    manifest |= {"slots": junk, "requires": junk, "changelog": junk, "icon": junk}
    field = {"code": "a", "fill": junk, "columns": junk, "default": junk, "validate": junk, "options": junk}
    tables = {
        "tables/t.yaml": {
            "code": "t",
            "fields": [field, {"label": "x"}, junk],
            "views": [{"code": "v"}, junk],
        },
        "tables/u.yaml": {
            "code": "u",
            "name": junk,
            "fields": junk,
            "views": junk,
            "key": junk,
            "quota": junk,
        },
        "tables/w.yaml": {"code": "w", "fields": [{**field, "type": "lookup", "from": junk}], "unique": junk},
    }
    lists = {
        "dictionaries/d.yaml": {"code": "d", "items": junk},
        "dictionaries/e.yaml": {"code": "e", "items": [{"value": junk, "children": junk, "colour": junk}]},
        "permissions.yaml": [{"who": junk, "on": junk, "can": junk, "hide": junk, "where": junk}, junk],
        "menu.yaml": [{"table": junk, "flow": junk, "roles": junk, "icon": junk}, junk],
    }
    drafted(site, "half", {"pack.yaml": manifest, **tables, **lists})
    browser = site.browser("admin")
    paths = [f"tables/{code}?tab={tab}" for code in "tuw" for tab in ("fields", "key", "views", "checks")]
    paths += ["tables/t?selected=a", "tables/w?selected=a", "tables/t?tab=views&selected=v"]
    paths += ["dictionaries/d", "dictionaries/e?selected=item-0", "permissions/?selected=0", *ALONE]
    for path in paths:
        browser.read(f"/design/half/{path}")


def test_an_app_without_rights_and_menu_opens_and_gets_its_first(site: Site) -> None:
    browser = site.browser("admin")
    assert browser.client.post("/design/", data={"code": "fresh", "name": "新应用"}).status_code == 302
    for path in ALONE:
        browser.read(f"/design/fresh/{path}")
    grant = {"who": "all_staff", "on": ["t"], "scope": "own", "can": ["view"]}
    add = {"do": "add_entry", "value": grant}
    answer = edited(browser, "fresh", "permissions.yaml", add, rev=0, view={"name": "permissions"})
    assert answer.status_code == 200, answer.text
    assert draft_of(site, "fresh").documents["permissions.yaml"] == [grant]


def test_who_may_not_design_sees_nothing(site: Site) -> None:
    browser = site.browser("u052")
    for path in ("tables/customer", *ALONE):
        assert browser.get(f"/design/customer_archive/{path}").status_code == 403


def test_rows_of_a_table_name_what_their_buttons_do(site: Site) -> None:
    page = site.browser("admin").read("/design/common_base/tables/product")

    assert 'title="复制"' in page
    assert "built-in" not in page

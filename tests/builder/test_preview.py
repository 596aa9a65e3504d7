"""A draft's form as others will see it."""

from __future__ import annotations

from typing import Any

import pytest

from builder.usecases import preview_form
from runtime.language.app import App
from runtime.packs import world
from runtime.packs.compiled_app import CompiledApp, compile_app
from tests.builder.designing import insert, revised
from tests.builder.test_drafts import PAGE, post
from tests.web.site import Browser, Site, texts

SHEET = f"{PAGE}/preview/sheet"
FLOW = "sales_contract_change_flow"


@pytest.fixture
def root(site: Site) -> Browser:
    """Somebody who may design."""
    return site.browser("admin")


def test_a_form_is_shown_as_the_draft_has_it(root: Browser) -> None:
    post(root, 0, do="set", place=["fields", "change_reason", "label"], value="为什么变更")

    page = texts(root.read(SHEET))

    assert "为什么变更" in page
    assert "变更原因" not in page


def test_at_a_node_only_its_fields_can_be_filled_in(root: Browser) -> None:
    page = root.read(f"{SHEET}?flow={FLOW}&node=n_arch")

    assert 'data-code="effect_date" data-type="date" data-mode="edit"' in page
    assert 'data-code="change_reason" data-type="textarea" data-mode="read"' in page


def test_somebody_else_sees_their_own_defaults(root: Browser) -> None:
    page = root.read(f"{SHEET}?flow={FLOW}&node=start&person=u052")

    assert 'value="u052"' in page


def test_what_is_typed_is_computed_by_the_draft(root: Browser) -> None:
    formula = "concat('共', copies, '份')"
    post(root, 0, do="set", place=["fields", "modify_desc", "formula"], value=formula)
    answer = root.post(f"{PAGE}/preview/calc?flow=&node=start", values={"copies": "3"}, seq=1)

    assert answer.get_json()["cells"]["$.modify_desc"]["text"] == "共3份"


def test_a_draft_with_a_broken_formula_says_so_instead_of_breaking(root: Browser) -> None:
    post(root, 0, do="set", place=["fields", "new_amount_upper", "of"], value="gone")
    post(root, 1, do="set", place=["fields", "modify_desc", "formula"], value="nothing + (")

    answer = root.get(SHEET)

    assert answer.status_code == 422
    assert "暂时不能预览" in answer.text


@pytest.mark.parametrize("asked", ["flow=gone", f"flow={FLOW}&node=gone", "person=nobody"])
def test_a_seat_that_is_none_is_not_found(root: Browser, asked: str) -> None:
    assert root.get(f"{SHEET}?{asked}").status_code in (404, 422)


def test_rows_can_be_chosen_as_in_use(root: Browser) -> None:
    answer = root.post(f"{PAGE}/preview/pick?flow={FLOW}&node=start", path="$.contract_no", values={})

    assert [one["label"] for one in answer.get_json()["columns"]][:2] == ["合同编码", "合同名称"]


def test_a_new_app_can_be_tried_before_it_is_installed(root: Browser) -> None:
    root.client.post("/design/", data={"code": "trip", "name": "出差"})
    root.client.post("/design/trip/forms/", data={"code": "apply", "name": "出差申请"})

    assert "标题" in texts(root.read("/design/trip/forms/apply/preview/sheet"))


def test_only_designers_may(site: Site) -> None:
    person = site.browser("u052")

    assert person.get(SHEET).status_code == 403
    assert person.post(f"{PAGE}/preview/pick", path="$.contract_no", values={}).status_code == 403


PEEK = "/design/peek/forms/f/preview"


@pytest.fixture
def peek(designer: Browser) -> Browser:
    """A designer whose own app looks into tables that they may not see, or not all of."""
    designer.client.post("/design/", data={"code": "peek", "name": "偷看"})
    designer.client.post("/design/peek/forms/", data={"code": "f", "name": "偷看"})
    product = {"from": "common_base/product", "key": "product_no"}
    read = "'common_base/product', 'unit_cost'"
    fields: list[dict[str, Any]] = [
        {"code": "account", "type": "lookup", "from": "common_base/bank_account", "key": "account_no"},
        {"code": "product", "type": "lookup", **product, "fill": {"cost": "unit_cost", "name": "name"}},
        {"code": "dear", "type": "lookup", **product, "filter": "unit_cost > 0"},
        {"code": "guess", "type": "lookup", **product, "key": "unit_cost"},
        {"code": "name", "type": "text"},
        {"code": "cost", "type": "money"},
        {"code": "shown", "type": "text", "formula": "lookup('common_base/product', 'name', subject)"},
        {"code": "looked", "type": "money", "formula": f"lookup({read}, subject)"},
        {"code": "live", "type": "money", "formula": "product.unit_cost"},
        {"code": "most", "type": "money", "formula": f"max_of({read}, product_no=subject)"},
        {"code": "bank", "type": "integer", "formula": "count_of('common_base/bank_account')"},
    ]
    requires = {"do": "set", "place": ["requires"], "value": ["common_base"]}
    revised(designer, "peek", "pack.yaml", requires, rev=1)
    edits = [insert("fields", value={"label": one["code"], **one}) for one in fields]
    revised(designer, "peek", "forms/f.yaml", *edits, rev=1)
    return designer


def picked(browser: Browser, code: str, person: str = "") -> list[str]:
    answer = browser.post(f"{PEEK}/pick?person={person}", path=f"$.{code}", values={})
    assert answer.status_code in (200, 403), answer.text
    return [one["key"] for one in answer.get_json().get("rows", [])]


def computed(browser: Browser, **values: Any) -> dict[str, Any]:
    answer = browser.post(f"{PEEK}/calc", values=values, picked=["$.product"], seq=1)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_no_seat_and_no_draft_let_a_designer_choose_rows_that_are_not_theirs(
    site: Site, peek: Browser
) -> None:
    grant = {"who": "all_staff", "on": ["common_base/bank_account"], "scope": "all", "can": ["view", "pick"]}
    revised(peek, "peek", "permissions.yaml", {"do": "add_entry", "value": grant})

    assert picked(peek, "account") == picked(peek, "account", "admin") == []
    assert "CP90003" in picked(peek, "product")
    assert picked(site.browser("admin"), "account")
    # By a hidden column nobody may choose, and no filter may tell it.
    assert picked(peek, "guess") == picked(peek, "dear") == []


def test_a_draft_computes_only_with_what_its_designer_may_see(site: Site, peek: Browser) -> None:
    told = computed(peek, subject="CP90003", product="CP90003", guess="45000")

    seen = {path.removeprefix("$."): one["text"] for path, one in (told["cells"] | told["fills"]).items()}
    assert seen["shown"] == seen["name"] == "流程协同平台许可"
    assert [seen[code] for code in ("looked", "live", "most", "cost", "bank")] == ["", "", "", "", "0"]
    assert any("部分取数的列您无权查看" in one["message"] for one in told["messages"])
    whole = computed(site.browser("admin"), subject="CP90003", product="CP90003")["cells"]
    assert [whole[f"$.{code}"]["text"] == "" for code in ("looked", "live", "most")] == [False] * 3
    assert whole["$.bank"]["text"] != "0"


def test_what_a_draft_says_of_a_table_opens_none_of_its_columns(designer: Browser) -> None:
    shows = {"do": "set", "place": ["fields", "products", "fields", "product_no", "columns"]}
    revised(designer, "sales_contract", "permissions.yaml", {"do": "set", "place": [4, "hide"], "value": []})
    revised(
        designer,
        "sales_contract",
        "forms/sales_contract_form.yaml",
        {**shows, "value": ["product_no", "unit_cost"]},
    )
    asked = "/design/sales_contract/forms/sales_contract_form/preview/pick?flow=sales_contract_flow"
    answer = designer.post(asked, path="$.products[0].product_no", values={})

    assert len(answer.get_json()["columns"]) == 1
    assert "45000" not in answer.text


def test_a_draft_is_compiled_once_until_somebody_changes_it(
    root: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def counted(app: App, **more: Any) -> CompiledApp:
        made.append(app.code)
        return compile_app(app, **more)

    monkeypatch.setattr(world, "compile_app", counted)
    asked = f"{PAGE}/preview/calc?flow={FLOW}&node=start"
    post(root, 0, do="set", place=["fields", "change_reason", "label"], value="一")
    for _ in range(3):
        assert root.post(asked, values={}, seq=1).status_code == 200
    assert made.count("sales_contract_change") == 1

    post(root, 1, do="set", place=["fields", "change_reason", "label"], value="二")
    root.post(asked, values={}, seq=1)
    assert "二" in texts(root.read(SHEET))
    assert made.count("sales_contract_change") == 2


def test_a_fault_of_ours_is_not_said_to_be_one_of_the_draft(
    root: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_drawing: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(preview_form, "draw_form", broken)

    with pytest.raises(KeyError, match="ours"):
        root.get(SHEET)

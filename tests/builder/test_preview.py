"""A draft's form as others will see it."""

from __future__ import annotations

import pytest

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

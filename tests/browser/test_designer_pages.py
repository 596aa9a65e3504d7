"""Every page of the designer, at three widths: nothing refused, nothing cut off, axe content."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Enter
from tests.browser.watch import axe_findings, overflow
from tests.needs import needs_browser

pytestmark = needs_browser

CONTRACT = "/design/sales_contract"
CHANGE = "/design/sales_contract_change"
PAGES = (
    "/design/",
    "/design/import",
    f"{CONTRACT}/forms/",
    f"{CONTRACT}/forms/sales_contract_form?selected=products.qty",
    f"{CONTRACT}/forms/sales_contract_form?selected=section:1",
    f"{CONTRACT}/forms/sales_contract_form/yaml",
    f"{CONTRACT}/forms/sales_contract_form/preview?flow=sales_contract_flow&node=start",
    f"{CONTRACT}/tables/",
    f"{CONTRACT}/tables/sales_contract?selected=customer_no",
    f"{CONTRACT}/tables/sales_contract?tab=key",
    f"{CONTRACT}/tables/sales_contract?tab=views&selected=all",
    f"{CONTRACT}/flows/",
    f"{CONTRACT}/flows/sales_contract_flow",
    f"{CHANGE}/rules/",
    f"{CHANGE}/rules/write_back",
    f"{CONTRACT}/dictionaries/",
    "/design/common_base/dictionaries/contract_status",
    f"{CONTRACT}/permissions/?selected=4",
    f"{CONTRACT}/permissions/?tab=summary",
    f"{CONTRACT}/permissions/slots",
    f"{CONTRACT}/menu/?selected=1",
    f"{CHANGE}/tests/",
    f"{CONTRACT}/releases/",
    f"{CONTRACT}/publish",
    f"{CONTRACT}/settings/",
)


@pytest.mark.timeout(280)
@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_every_page_is_whole_and_can_be_used_by_everybody(enter: Enter, width: int) -> None:
    page = enter("admin").page
    page.set_viewport_size({"width": width, "height": 860})
    wrong = []
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = [*overflow(page), *axe_findings(page)]
        wrong += [f"{path}: {one}" for one in found]

    assert wrong == []

"""Base tables by the browser: the addresses, rows and steps that their tests share."""

from __future__ import annotations

import io
import re
import zipfile

from runtime.store import directory
from tests.web.site import Browser, Site, submit, upload

CUSTOMERS = "/tables/customer_archive/customer"
PRODUCTS = "/tables/common_base/product"
#: Demo rows: what the catalogue says of costs, and must not be known in sales.
COST, LIST_PRICE = "45,000.00", "100,000.00"
NEW = {
    "customer_name": "晴川示范科技",
    "lead_dept": "sales_north_1a",
    "sales_owner": "u052",
    "customer_stage": "potential",
    "contact": "戊经理",
    "phone": "13800000009",
    "province": "north_a",
}


def sheet_of(browser: Browser, url: str) -> str:
    """Return the XML of an exported sheet."""
    answer = browser.get(url)
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        return archive.read("xl/worksheets/sheet1.xml").decode()


def enter(browser: Browser, **values: str) -> str:
    """Enter a customer and return the record's address."""
    answer = browser.act(f"{CUSTOMERS}/new/act", "save", values={**NEW, **values})
    assert answer.status_code == 200, answer.text
    return str(answer.get_json()["redirect"])


def signed(site: Site, sales: Browser) -> int:
    """Bring a contract of 100,000 to its end and return the case."""
    case = submit(sales)
    for who, do in (("u061", "approve"), ("u016", "approve"), ("u052", "complete")):
        browser = site.browser(who)
        task = browser.read("/desk/todo").split(f"/cases/{case}?task=")[1].split('"')[0]
        values = {"contract_file": [upload(browser)["id"]]} if do == "complete" else {}
        answer = browser.act(f"/cases/{case}/act?task={task}", do, opinion="同意", values=values)
        assert answer.status_code == 200, answer.text
    return case


def rev_of(page: str) -> int:
    """Return the revision that an editor shows."""
    return int(re.search(r'data-rev="(\d+)"', page)[1])  # type: ignore[index]  # fails the test if missing


def holder(site: Site, role: str) -> str:
    """Return the code of somebody who has a role."""
    with site.session() as session:
        return min(directory.today(session).members(role))

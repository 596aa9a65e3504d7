"""What nobody sends by accident is answered in words, whichever page it is sent to."""

from __future__ import annotations

import pytest
from flask import Flask, request

from runtime.web.inputs import take_in
from tests.web.site import Browser, Site, submit

HUGE = 10**30


@pytest.fixture
def sales(site: Site) -> Browser:
    """Somebody who may start the sales contract's flow."""
    return site.browser("u052")


@pytest.fixture
def echo() -> Flask:
    """A site that says what it was sent."""
    app = Flask("echo")
    take_in(app)
    app.add_url_rule("/<word>/<int:number>", "say", lambda word, number: [word, number])
    app.add_url_rule("/", "sent", lambda: [request.args, request.form, request.get_json(silent=True)])
    app.add_url_rule("/post", "posted", lambda: [request.form, request.get_json()], methods=["POST"])
    return app


@pytest.mark.parametrize(
    "url",
    [
        "/start/sales_contract/sales_contract_flow/calc",
        "/start/sales_contract/sales_contract_flow/act",
        "/pick/start/sales_contract/sales_contract_flow",
    ],
)
@pytest.mark.parametrize("body", ["[" * 100_000, '{"values":' * 50_000, "9" * 5000])
def test_json_that_cannot_be_read_is_a_bad_request(sales: Browser, url: str, body: str) -> None:
    assert sales.client.post(url, data=body, content_type="application/json").status_code == 400


@pytest.mark.parametrize(
    "url",
    [
        f"/cases/{HUGE}",
        f"/cases/{'9' * 5000}",
        f"/tables/common_base/product/{HUGE}",
        f"/tables/common_base/product/{2**53}",
        "/tables/common_base/product/²",
        f"/files/x?in=common_base/product&field=name&record={HUGE}",
        "/tables/common%00base/product",
        "/tables/common_base/pro%1Bduct",
    ],
)
def test_an_address_that_nothing_can_have_is_not_found(sales: Browser, url: str) -> None:
    assert sales.get(url).status_code == 404


def test_a_number_of_the_query_that_is_none_counts_as_missing(sales: Browser) -> None:
    case = submit(sales)

    for number in (HUGE, "9" * 5000, "²", "-1"):
        assert sales.get(f"/cases/{case}?task={number}").status_code == 200
        assert sales.get(f"/inbox/1?case={number}").status_code == 302


@pytest.mark.parametrize("number", ["9" * 5000, "²", "-1", "1e3", " 1", ""])
def test_a_row_that_cannot_be_is_no_row(sales: Browser, number: str) -> None:
    path = f"$.products[{number}].product_no"
    row = {"product_no": "CP90003"}
    url = "/start/sales_contract/sales_contract_flow/calc"

    answer = sales.post(url, values={"products": [row]}, picked=[path, path] * 100, seq=1)
    assert answer.status_code == 200
    assert sales.post(url, values={}, seq=HUGE).status_code == 400


def test_control_characters_are_left_out_of_whatever_comes_in(echo: Flask) -> None:
    client = echo.test_client()
    wrong, right = "a\0b\x1b\x7fc\t\n", "abc\t\n"

    assert client.get("/", query_string={"q\0": wrong}).json == [{"q": right}, {}, None]
    assert client.post("/post", data={"name": wrong}).status_code == 415
    sent = client.post("/post", json={"na\0me": [wrong, {"x": "\ud800😀\\u0000"}]})
    assert sent.json == [{}, {"name": [right, {"x": "😀\\u0000"}]}]
    assert client.get("/w/7").json == ["w", 7]
    assert client.get(f"/w/{2**53}").status_code == 404

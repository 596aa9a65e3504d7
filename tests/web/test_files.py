"""Files: what is taken, who gets them back, and how a browser is told to treat them."""

from __future__ import annotations

import pytest

from tests.web.gallery_answers import PIXEL
from tests.web.site import Browser, Site, contract, submit, upload

MEGABYTE = 1 << 20


def test_an_upload_is_answered_with_what_the_page_shows(site: Site) -> None:
    sales = site.browser("u052")
    answer = upload(sales, b"%PDF-1.4" + b"x" * 2048, "合同 终稿.pdf")

    assert answer["name"] == "合同 终稿.pdf"
    assert answer["size"] == "2 KB"
    assert answer["thumbnail"] == ""
    assert sales.get(answer["url"]).data.startswith(b"%PDF")


def test_an_image_has_a_small_picture(site: Site) -> None:
    answer = upload(site.browser("u052"), PIXEL, "现场.png")

    assert answer["thumbnail"] == answer["url"]


def test_a_file_that_no_record_holds_is_its_uploaders_alone(site: Site) -> None:
    url = upload(site.browser("u052"))["url"]

    assert site.browser("u061").get(url).status_code == 404
    assert site.browser("u052").get(url).status_code == 200


def test_a_file_of_a_case_is_for_those_who_may_read_the_case(site: Site) -> None:
    sales = site.browser("u052")
    file = upload(sales, b"%PDF-1.4 secret")
    submit(sales, contract_file=[file["id"]])

    assert site.browser("u061").get(file["url"]).data == b"%PDF-1.4 secret"
    assert site.browser("u053").get(file["url"]).status_code == 404


def test_nobody_hangs_the_file_of_somebody_else_on_a_record(site: Site) -> None:
    file = upload(site.browser("u061"))
    sales = site.browser("u052")
    url = "/start/sales_contract/sales_contract_flow/act"
    answer = sales.act(url, "submit", values=contract(sales, contract_file=[file["id"]]))

    assert answer.status_code == 422
    assert "重新上传" in answer.text or "重新上传" in str(answer.get_json())


@pytest.mark.parametrize(
    ("content", "name", "disposition", "kind"),
    [
        (PIXEL, "a.png", "inline", "image/png"),
        (b"%PDF-1.4", "a.pdf", "inline", "application/pdf"),
        (b"<script>alert(1)</script>", "a.html", "attachment", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "attachment", "application/octet-stream"),
        (b"<script>alert(1)</script>", "a.png", "attachment", "application/octet-stream"),
    ],
)
def test_only_what_is_safe_is_shown_in_the_browser(
    site: Site, content: bytes, name: str, disposition: str, kind: str
) -> None:
    sales = site.browser("u052")
    answer = sales.get(upload(sales, content, name)["url"])

    assert answer.headers["Content-Disposition"].partition(";")[0] == disposition
    assert answer.mimetype == kind
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-cache"


def test_a_browser_that_has_it_is_not_sent_it_again(site: Site) -> None:
    sales = site.browser("u052")
    url = upload(sales)["url"]
    etag = sales.get(url).headers["ETag"]

    assert sales.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_a_file_may_be_longer_than_a_form(site: Site) -> None:
    sales = site.browser("u052")
    upload(sales, b"x" * (6 * MEGABYTE), "大.bin")

    answer = sales.send(b"x" * (6 * MEGABYTE + 1), "大.bin")
    assert (answer.status_code, "6 MB" in answer.get_json()["message"]) == (422, True)
    assert sales.send(b"x" * (8 * MEGABYTE), "大.bin").status_code == 413


def test_the_longer_limit_holds_with_the_csrf_check_that_reads_first(site: Site) -> None:
    sales = site.browser("u052")
    token = sales.read("/start").split('name="csrf-token" content="')[1].split('"')[0]
    site.app.config["WTF_CSRF_ENABLED"] = True
    try:
        sent = sales.send(b"x" * (6 * MEGABYTE), "大.bin", **{"X-CSRFToken": token})
        refused = sales.send(b"x", "小.bin")
    finally:
        site.app.config["WTF_CSRF_ENABLED"] = False

    assert (sent.status_code, refused.status_code) == (201, 400)


@pytest.mark.parametrize("data", [{}, {"file": "text"}])
def test_a_request_without_a_file_is_refused(site: Site, data: dict[str, str]) -> None:
    answer = site.browser("u052").client.post("/files", data=data, headers={"Accept": "application/json"})

    assert answer.status_code == 400


def test_an_empty_file_is_refused_in_words(site: Site) -> None:
    answer = site.browser("u052").send(b"", "空.pdf")

    assert answer.status_code == 422
    assert answer.get_json()["message"]


def test_nobody_uploads_or_downloads_without_a_session(site: Site) -> None:
    stranger = Browser(site.app.test_client())

    assert stranger.send(b"x", "a.bin").status_code == 401
    assert stranger.get("/files/any").status_code == 302


def test_an_unknown_file_is_not_found(site: Site) -> None:
    assert site.browser("u052").get("/files/unknown").status_code == 404

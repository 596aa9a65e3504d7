"""What every answer carries: headers, the CSRF guard, cookies, caching, errors in words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_login import LoginManager

from runtime.web.assets import MissingFiles
from runtime.web.frame import STATIC, frame
from tests.web.gallery import gallery
from tests.web.installation import form


@pytest.fixture
def pages() -> FlaskClient:
    """A browser on the sample pages."""
    return gallery().test_client()


def test_the_policy_allows_our_own_files_and_nothing_inline(pages: FlaskClient) -> None:
    headers = pages.get("/desk/todo").headers

    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'self'; base-uri 'none'; "
        "object-src 'none'; manifest-src 'self'; worker-src 'self'"
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "Strict-Transport-Security" not in headers


def test_files_with_a_hash_are_kept_for_good_and_others_asked_for_again(pages: FlaskClient) -> None:
    page = pages.get("/login").text
    version = page.split('href="/static/css/base.css')[1].split('"')[0]
    with pages.get(f"/static/css/base.css{version}") as kept, pages.get("/static/js/texts.js") as asked:
        assert kept.headers["Cache-Control"].endswith("immutable")
        assert asked.headers["Cache-Control"] == "no-cache"


def test_a_post_without_the_token_is_refused(app: Flask) -> None:
    app.config["WTF_CSRF_ENABLED"] = True
    client = app.test_client()
    refused = client.post("/login", data=form())
    token = client.get("/login").text.split('name="csrf-token" content="')[1].split('"')[0]

    assert refused.status_code == 400
    assert "页面可能已过期" in refused.text
    assert client.post("/login", data=form(csrf_token=token)).status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts_and_other_sites(client: FlaskClient) -> None:
    cookie = client.post("/login", data=form()).headers["Set-Cookie"]

    assert cookie.startswith("biaoliu=")
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_over_tls_cookies_are_secure_and_browsers_told_to_stay() -> None:
    app = Flask("runtime.web", static_folder=None)
    app.secret_key = "x"
    LoginManager(app).user_loader(lambda _: None)
    frame(app, https=True)
    app.add_url_rule("/", "page", lambda: "page")

    assert app.config["SESSION_COOKIE_SECURE"] is True
    assert app.test_client().get("/").headers["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/failure/403", 403, "这条待办不在您名下。"),
        ("/failure/404", 404, "没有这份单据，或您无权查看。"),
        ("/failure/409", 409, "已由 姚书白 于 10:02 退回。"),
        ("/failure/413", 413, "超过了允许的大小"),
        ("/failure/429", 429, "请稍候片刻再试。"),
        ("/nowhere", 404, "内容不存在，或者您没有查看权限。"),
        ("/failure/500", 500, "系统出错了"),
    ],
)
def test_a_failure_is_told_in_words_to_people_and_in_json_to_scripts(
    pages: FlaskClient, path: str, status: int, said: str
) -> None:
    page = pages.get(path)
    answer = pages.get(path, headers={"Accept": "application/json"})

    assert (page.status_code, answer.status_code) == (status, status)
    assert said in page.text
    assert set(answer.get_json()) >= {"code", "message"}


def test_a_bug_shows_a_reference_and_not_its_text(pages: FlaskClient) -> None:
    page = pages.get("/failure/500")

    assert "a bug" not in page.text
    assert "编号 " in page.text


def test_problems_reach_scripts_with_their_places(pages: FlaskClient) -> None:
    pages.application.config["WTF_CSRF_ENABLED"] = False
    answer = pages.post("/sample/act", json={"values": {"why": "太短"}})

    assert answer.status_code == 422
    assert [one["path"] for one in answer.get_json()["problems"]] == [
        "$.why",
        "$.products[1].qty",
        "$.products",
    ]


def test_a_start_without_browser_files_fails_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(MissingFiles, match="make install"):
        frame(Flask("runtime.web", static_folder=None), static=tmp_path)

    manifest = (STATIC / "vendor" / "manifest.json").read_text(encoding="utf-8")
    known = json.loads(manifest)
    del known["htmx.min.js"]
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "manifest.json").write_text(json.dumps(known), encoding="utf-8")
    with pytest.raises(MissingFiles, match=r"lacks htmx\.min\.js"):
        frame(Flask("runtime.web", static_folder=None), static=tmp_path)

"""The whole site on an installation of its own: the demo organisation, the five packs and their demo rows."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from runtime.app import create_app
from runtime.demo.people import PASSWORD
from runtime.packs.read import read_pack
from runtime.running.context import Clock
from runtime.settings import Settings
from runtime.store.database import db
from runtime.store.session import Session, Sessions
from runtime.store.tables import metadata
from runtime.usecases.install_packs import Options, install_packs
from runtime.usecases.set_up import set_up

PACKS = Path(__file__).resolve().parents[2] / "packs"
_BUILT = datetime(2026, 1, 1, tzinfo=UTC)
_TOKENS = count(1)
_ADDRESSES = count(1)


@dataclass(frozen=True)
class Site:
    """One app for all tests of a run; its database is brought back before each of them."""

    app: Flask
    folder: Path

    @classmethod
    def build(cls, folder: Path) -> Site:
        """Return the site, installed below `folder`."""
        settings = Settings(
            var_dir=folder,
            database_url=f"sqlite:///{folder / 'site.db'}",
            redis_url=None,
            files_dir=folder / "files",
            secret_key="for tests",
            time_zone=ZoneInfo("Asia/Shanghai"),
            demo=True,
            max_file_mb=6,
        )
        app = create_app(settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        site = cls(app, folder)
        with site.session() as session:
            metadata.create_all(session.engine)
            set_up(session=session, demo=True)
            install_packs(
                session=session,
                clock=Clock(_BUILT),
                actor=0,
                packs=[read_pack(path.parent) for path in sorted(PACKS.glob("*/pack.yaml"))],
                options=Options(make_roles=True, demo=True),
            )
        site._close()
        shutil.copyfile(folder / "site.db", folder / "kept.db")
        return site

    def bring_back(self) -> None:
        """Make everything as it was when it was built."""
        self._close()
        shutil.copyfile(self.folder / "kept.db", self.folder / "site.db")
        shutil.rmtree(self.folder / "files", ignore_errors=True)

    def session(self) -> Session:
        """Return a session beside the app."""
        with self.app.app_context():
            return Sessions(db.engine)()

    def browser(self, login: str) -> Browser:
        """Return the browser of somebody who has logged in."""
        client = self.app.test_client()
        # An address for everybody: log-ins of one address are limited.
        client.environ_base["REMOTE_ADDR"] = f"10.1.{next(_ADDRESSES) % 250}.1"
        assert client.post("/login", data={"login": login, "password": PASSWORD}).status_code == 302
        return Browser(client)

    def _close(self) -> None:
        with self.app.app_context():
            db.engine.dispose()


@dataclass(frozen=True)
class Browser:
    """Somebody's browser, with words for what they do in it."""

    client: FlaskClient

    def get(self, url: str, **more: Any) -> TestResponse:
        """Open a page."""
        # Buffered: the answer is read and closed, also where a file is sent.
        return self.client.get(url, buffered=True, **more)

    def read(self, url: str) -> str:
        """Return a page that is there."""
        answer = self.get(url)
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(self, url: str, **data: Any) -> TestResponse:
        """Send what a script sends."""
        return self.client.post(url, json=data)

    def send(self, content: bytes, name: str, **headers: str) -> TestResponse:
        """Send a file as a script does."""
        boundary, body = encode_multipart({"file": FileStorage(BytesIO(content), name)})
        return self.client.post(
            "/files",
            data=body,
            content_type=f'multipart/form-data; boundary="{boundary}"',
            headers={"Accept": "application/json", **headers},
        )

    def act(self, url: str, do: str, **data: Any) -> TestResponse:
        """Press a button of an action bar."""
        return self.post(url, do=do, token=f"test-{next(_TOKENS)}", **data)


def texts(page: str) -> str:
    """Return what people read on a page, without the words that scripts are handed."""
    shown = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", shown))


def upload(browser: Browser, content: bytes = b"%PDF-1.4 sample", name: str = "合同.pdf") -> dict[str, str]:
    """Send a file and return the answer."""
    answer = browser.send(content, name)
    assert answer.status_code == 201, answer.text
    sent: dict[str, str] = answer.get_json()
    return sent


def contract(browser: Browser, **changed: Any) -> dict[str, Any]:
    """Return what a sales representative fills in to start the sales contract's flow."""
    row = {"product_no": "CP90003", "qty": "1", "deal_price": "100000"}
    pay = {"node_name": "首付款", "plan_date": "2026-12-15", "receipt_method": "transfer"}
    return {
        "customer_no": "KH202690001",
        "contract_name": "协同平台建设合同",
        "contract_type": "software",
        "amount": "100000",
        "start_date": "2026-12-01",
        "end_date": "2027-11-30",
        "main_terms": "按附件清单交付、验收与付款",
        "contract_file": [upload(browser)["id"]],
        "is_template": True,
        "products": [row],
        "pay_nodes": [{**pay, "pay_condition": "合同签订后 10 日", "node_amount": "100000"}],
        **changed,
    }


def submit(browser: Browser, **changed: Any) -> int:
    """Start the sales contract's flow and return the case."""
    url = "/start/sales_contract/sales_contract_flow/act"
    answer = browser.act(url, "submit", values=contract(browser, **changed))
    assert answer.status_code == 200, answer.text
    return int(answer.get_json()["redirect"].rpartition("/")[2])

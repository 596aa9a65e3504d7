"""Words of the tests of the administrator's pages."""

from __future__ import annotations

from io import BytesIO

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from runtime.store import audit, directory
from tests.packs.zips import zipped
from tests.usecases.test_admin_packs import PACK
from tests.web.site import Browser, Site, texts


def number(site: Site, code: str) -> int:
    """Return the number of a person."""
    with site.session() as session:
        return directory.today(session).people[code].id


def kinds(site: Site) -> list[str]:
    """Return what stands on the record, newest first."""
    with site.session() as session:
        return [one.kind for one in audit.entries(session)]


def flashed(browser: Browser, answer: TestResponse) -> str:
    """Return the page that an answer leads to, as people read it."""
    assert answer.status_code == 302, answer.text
    return texts(browser.get(answer.location).text)


def send(browser: Browser, content: bytes, name: str = "钥匙.zip") -> TestResponse:
    """Send a zip as the page does."""
    # Encoded here: the client would leave temporary files open.
    boundary, body = encode_multipart({"pack": FileStorage(BytesIO(content), name)})
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.client.post("/admin/packs", data=body, content_type=kind)


def pack(**changed: str) -> bytes:
    """Return the zip of a small pack, with other files."""
    return zipped({name: changed.get(name, text).encode() for name, text in PACK.items()})

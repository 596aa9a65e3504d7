"""Files: kept once by content, typed by content, named safely, and gone when nobody needs them."""

from __future__ import annotations

import io
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.language.refusal import InvalidAnswers, NotFound, Refused
from runtime.store import files
from runtime.store.blobs import MEGABYTE, Blobs, type_of
from runtime.store.files import StoredFile, clean_name
from runtime.store.session import Session
from runtime.store.transaction import transaction

_NOW = datetime(2026, 1, 5, tzinfo=UTC)
_PDF = b"%PDF-1.7\n" + b"x" * 300


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """Return an empty folder of contents."""
    return Blobs(tmp_path / "files", max_mb=1)


def _add(
    session: Session, blobs: Blobs, content: bytes = _PDF, *, by: int = 4, at: datetime = _NOW
) -> StoredFile:
    blob = blobs.keep(io.BytesIO(content))
    with transaction(session) as tx:
        return files.add(tx, blob, name="合同.pdf", by=by, at=at)


def _attach(session: Session, one: StoredFile, *, by: int = 4, record: int = 7, field: str = "file") -> None:
    with transaction(session) as tx:
        files.attach(tx, [one.id], by=by, entity=1, record_id=record, field=field)


def test_the_same_content_is_kept_once(blobs: Blobs) -> None:
    first, second = blobs.keep(io.BytesIO(_PDF)), blobs.keep(io.BytesIO(_PDF))

    assert first == second
    assert (first.size, first.content_type) == (len(_PDF), "application/pdf")
    assert blobs.path(first.sha256).read_bytes() == _PDF
    assert [one for one in blobs.root.glob("*/*") if one.is_file()] == [blobs.path(first.sha256)]


@pytest.mark.parametrize(("content", "code"), [(b"", "file_empty"), (b"x" * (MEGABYTE + 1), "file_too_big")])
def test_what_is_refused_leaves_nothing_behind(blobs: Blobs, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        blobs.keep(io.BytesIO(content))

    assert caught.value.code == code
    assert [one for one in blobs.root.glob("**/*") if one.is_file()] == []


def test_a_file_of_exactly_the_most_is_kept(blobs: Blobs) -> None:
    assert blobs.keep(io.BytesIO(b"x" * MEGABYTE)).size == MEGABYTE


@pytest.mark.parametrize(
    ("head", "type_"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "text/plain"),
        ("名称,金额\n甲,1".encode(), "text/plain"),
        (("合".encode() * 3000)[:8192], "text/plain"),
        (b"\x00\x01\x02\x03", "application/octet-stream"),
        (b"\xff\xfe\xfd\xfc\xfb", "application/octet-stream"),
    ],
)
def test_the_type_is_told_by_content(head: bytes, type_: str) -> None:
    assert type_of(head) == type_


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("合同 最终版.pdf", "合同 最终版.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\报价.xlsx", "报价.xlsx"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("a\x00b\n.txt", "ab.txt"),
        ("", "文件"),
        ("...", "文件"),
        ("长" * 300 + ".docx", "长" * 115 + ".docx"),
    ],
)
def test_a_name_is_only_a_name(given_name: str, kept: str) -> None:
    assert clean_name(given_name) == kept


@given(st.text(max_size=300))
def test_any_name_becomes_a_safe_one(name: str) -> None:
    kept = clean_name(name)

    assert 0 < len(kept) <= 132
    assert not set(kept) & set("/\\\0\n\r")
    assert clean_name(kept) == kept


def test_an_uploaded_file_hangs_on_the_record_it_is_saved_with(session: Session, blobs: Blobs) -> None:
    one = _add(session, blobs)
    assert (one.entity, one.name) == (None, "合同.pdf")

    _attach(session, one, field="items.file")
    _attach(session, one, by=99)  # saving the record again changes nothing

    found = files.find(session, one.id)
    assert (found.entity, found.record_id, found.field) == (1, 7, "items.file")


def test_nobody_gets_at_a_file_by_knowing_its_id(session: Session, blobs: Blobs) -> None:
    loose, hung = _add(session, blobs), _add(session, blobs)
    _attach(session, hung)

    with pytest.raises(InvalidAnswers):
        _attach(session, loose, by=5)
    with pytest.raises(InvalidAnswers) as caught:
        _attach(session, hung, record=8)
    assert caught.value.problems[0].path == "$.file"
    with pytest.raises(InvalidAnswers), transaction(session) as tx:
        files.attach(tx, ["ghost"], by=4, entity=1, record_id=7, field="file")
    with pytest.raises(NotFound):
        files.find(session, "ghost")


def test_what_nobody_saved_is_removed_after_a_day_with_its_content(session: Session, blobs: Blobs) -> None:
    day = timedelta(hours=24)
    old = _add(session, blobs, b"old", at=_NOW - day - timedelta(seconds=1))
    fresh = _add(session, blobs, b"fresh")
    shared = _add(session, blobs, b"shared", at=_NOW - 2 * day)
    kept = _add(session, blobs, b"shared", at=_NOW - 2 * day)
    _attach(session, kept)
    for one in (old, fresh, shared):
        os.utime(blobs.path(one.sha256), times=((_NOW - 2 * day).timestamp(),) * 2)

    with transaction(session) as tx:
        assert files.remove_loose(tx, now=_NOW) == 2
    assert blobs.sweep(before=_NOW - day, unused=lambda found: files.unused(session, found)) == 1

    assert set(files.find_many(session, [old.id, fresh.id, shared.id, kept.id])) == {fresh.id, kept.id}
    assert not blobs.path(old.sha256).exists()
    assert blobs.path(fresh.sha256).exists()
    assert blobs.path(kept.sha256).exists()


def test_a_content_written_anew_is_not_swept(session: Session, blobs: Blobs) -> None:
    blob = blobs.keep(io.BytesIO(b"again"))
    os.utime(blobs.path(blob.sha256), times=(0, 0))
    blobs.keep(io.BytesIO(b"again"))

    gone = blobs.sweep(
        before=datetime(2001, 1, 1, tzinfo=UTC), unused=lambda found: files.unused(session, found)
    )

    assert gone == 0
    assert blobs.path(blob.sha256).exists()

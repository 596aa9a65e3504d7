"""Files are their uploader's until they are saved, and then everybody's who sees the place they stand in."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from runtime.language.refusal import InvalidAnswers, NotFound
from runtime.running.form_place import AtStart
from runtime.store.blobs import Blobs
from runtime.usecases.download_file import Download, FilePlace, download_file
from runtime.usecases.upload_file import Upload, upload_file
from tests.usecases.house import House

PDF = b"%PDF-1.7 quote"


@pytest.fixture
def gold(house: House) -> House:
    """Return the house with a supplier to buy from."""
    house.supplier(name="星澜", level="gold")
    return house


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """Return a folder for contents."""
    return Blobs(tmp_path)


def _upload(house: House, blobs: Blobs, who: str = "sam", content: bytes = PDF, **asked: Any) -> str:
    upload = Upload(asked.pop("name", "报价.pdf"), io.BytesIO(content))
    return house.run(upload_file, who, blobs=blobs, upload=upload, **asked).id


def _get(house: House, blobs: Blobs, who: str, file: str, **asked: Any) -> Download:
    return house.run(download_file, who, blobs=blobs, file_id=file, **asked)


def test_an_upload_is_its_uploaders_until_it_is_saved(gold: House, blobs: Blobs) -> None:
    file = _upload(gold, blobs)

    found = _get(gold, blobs, "sam", file)

    assert (found.name, found.content_type, found.path.read_bytes()) == ("报价.pdf", "application/pdf", PDF)
    assert found.inline
    with pytest.raises(NotFound):
        _get(gold, blobs, "root", file)


def test_a_file_of_a_case_is_its_readers(gold: House, blobs: Blobs) -> None:
    file = _upload(gold, blobs)
    gold.submit(supplier="G001", quote=[file])

    assert _get(gold, blobs, "lead", file).name == "报价.pdf"
    assert _get(gold, blobs, "lara", file).name == "报价.pdf"
    with pytest.raises(NotFound):
        _get(gold, blobs, "nora", file)


def test_a_file_beside_an_opinion_is_every_readers(gold: House, blobs: Blobs) -> None:
    case = gold.submit(supplier="G001")
    file = _upload(gold, blobs, "lead")
    gold.act("lead", case, "approve", files=(file,))

    assert _get(gold, blobs, "sam", file).name == "报价.pdf"
    with pytest.raises(NotFound):
        _get(gold, blobs, "nora", file)


def test_nobody_gets_at_a_file_by_naming_it(gold: House, blobs: Blobs) -> None:
    file = _upload(gold, blobs)

    with pytest.raises(InvalidAnswers, match="请重新上传"):
        gold.submit("nora", supplier="G001", quote=[file])
    record = gold.supplier("nora", name="云海")
    with pytest.raises(NotFound):
        _get(gold, blobs, "nora", file, place=FilePlace("trade/supplier", record, "papers"))


def test_a_file_of_a_record_is_for_those_who_read_the_record(gold: House, blobs: Blobs) -> None:
    file = _upload(gold, blobs)
    record = gold.supplier(name="云海", papers=[file])

    assert _get(gold, blobs, "lead", file, place=FilePlace("trade/supplier", record, "papers")).size == len(
        PDF
    )
    with pytest.raises(NotFound):
        _get(gold, blobs, "lara", file)
    with pytest.raises(NotFound):
        _get(gold, blobs, "lead", file, place=FilePlace("trade/supplier", record, "name"))


@pytest.mark.parametrize("path", ["name", "contacts.person", "contacts", "id"])
def test_nobody_gets_at_a_file_by_writing_its_id_into_a_text(gold: House, blobs: Blobs, path: str) -> None:
    file = _upload(gold, blobs)
    record = gold.supplier(name="云海", papers=[file])
    loose = _upload(gold, blobs)
    for one in (file, loose):
        own = gold.supplier("nora", name=one, contacts=[{"person": one}])
        with pytest.raises(NotFound):
            _get(gold, blobs, "nora", one, place=FilePlace("trade/supplier", own, path))
    assert _get(gold, blobs, "root", file, place=FilePlace("trade/supplier", record, "papers"))


def test_a_field_takes_only_its_kind_of_file(gold: House, blobs: Blobs) -> None:
    start = AtStart("trade", "buy")

    with pytest.raises(InvalidAnswers, match="只接受 pdf 文件"):
        _upload(gold, blobs, name="报价.exe", place=start, path="quote")
    with pytest.raises(InvalidAnswers, match="不放附件"):
        _upload(gold, blobs, place=start, path="reason")
    with pytest.raises(NotFound):
        _upload(gold, blobs, place=start, path="secret")
    file = _upload(gold, blobs, name="报价.exe")
    with pytest.raises(InvalidAnswers, match="只接受 pdf 文件"):
        gold.submit(supplier="G001", quote=[file])

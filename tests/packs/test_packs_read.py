import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.problem import Problems
from runtime.packs import read
from runtime.packs.read import read_pack, read_zip
from tests.packs.zips import files_below, zipped

PACKS = Path(__file__).parents[1] / "data" / "packs"
DEPOT = PACKS / "depot"


def codes(content: bytes) -> list[str]:
    with pytest.raises(Problems) as caught:
        read_zip(content)
    return [problem.code for problem in caught.value.problems]


def test_a_folder_and_its_zip_are_the_same_pack(tmp_path: Path) -> None:
    folder = read_pack(DEPOT)
    assert folder.texts["pack.yaml"].startswith("schema: 1")
    assert folder.data["seeds/unit.csv"].startswith(b"unit_no,opened")

    archive = tmp_path / "depot.zip"
    archive.write_bytes(zipped(files_below(DEPOT)))
    assert read_pack(archive) == folder
    outer = zipped({f"depot/{name}": content for name, content in files_below(DEPOT).items()})
    assert read_zip(outer) == folder


def test_hidden_files_of_a_folder_are_no_part_of_the_pack(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / ".DS_Store").write_bytes(b"\xff")
    (tmp_path / "pack.yaml").write_text("a: 1")
    assert list(read_pack(tmp_path).texts) == ["pack.yaml"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("../pack.yaml", "unsafe_name"),
        ("tables/../../x.yaml", "unsafe_name"),
        ("/etc/pack.yaml", "unsafe_name"),
        ("c:/pack.yaml", "unsafe_name"),
        ("tables\\x.yaml", "unsafe_name"),
        ("files/more.zip", "nested"),
        ("files/MORE.TAR", "nested"),
    ],
)
def test_a_zip_with_a_dangerous_entry_is_refused(name: str, code: str) -> None:
    assert codes(zipped({"pack.yaml": b"a: 1", name: b"x"})) == [code]


def test_a_zip_with_a_link_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        link = zipfile.ZipInfo("pack.yaml")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert codes(content.getvalue()) == ["link"]


def test_two_names_that_differ_only_in_case_are_one() -> None:
    assert codes(zipped({"tables/a.yaml": b"", "tables/A.yaml": b""})) == ["duplicate"]


def test_a_name_in_another_encoding_is_refused() -> None:
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("files/aaaa.pdf", b"x")
    renamed = content.getvalue().replace(b"aaaa", "文件".encode("gbk"))
    assert codes(renamed) == ["not_utf8"]


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert codes(zipped({"files/big.bin": b"\0" * 10_000_000})) == ["bomb"]


def test_many_small_bombs_are_one() -> None:
    empty = b"[" + b"[]," * 330_000 + b"]"

    assert codes(zipped({f"forms/f{at}.yaml": empty for at in range(20)})) == ["bomb"]


def test_a_pack_of_very_many_forms_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    form = b"- {code: amount, type: money, label: sum of the contract, required: true}\n" * 200
    files = {f"forms/f{at}.yaml": form for at in range(200)}
    assert len(read_zip(zipped({"pack.yaml": b"a: 1", **files})).texts) == 201

    monkeypatch.setattr(read, "LARGEST_TEXT", 5)
    data = {"seeds/a.csv": b"12345678"}
    assert codes(zipped({"pack.yaml": b"a: 1", "forms/b.yaml": b"b: 2", **data})) == ["too_large"]
    assert read_zip(zipped({"pack.yaml": b"a: 1", **data})).data == data


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("abc")
    (tmp_path / "b.yaml").write_text("abc")
    monkeypatch.setattr(read, "MOST_ENTRIES", 1)
    assert codes(zipped({"a": b"1", "b": b"2"})) == ["too_many_files"]
    with pytest.raises(Problems, match="超过 1 个"):
        read_pack(tmp_path)
    monkeypatch.setattr(read, "MOST_ENTRIES", 10)
    monkeypatch.setattr(read, "LARGEST_PACK", 5)
    assert codes(zipped({"a": b"123", "b": b"456"})) == ["too_large"]
    with pytest.raises(Problems, match="超过"):
        read_pack(tmp_path)


def test_links_in_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").symlink_to(DEPOT / "pack.yaml")
    with pytest.raises(Problems, match="链接"):
        read_pack(tmp_path)


def test_text_in_another_encoding_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "pack.yaml").write_bytes("a: 1\nname: 合同".encode("gbk"))
    with pytest.raises(Problems) as caught:
        read_pack(tmp_path)
    assert [(one.code, one.path, one.line) for one in caught.value.problems] == [
        ("not_utf8", "pack.yaml $", 2)
    ]


def test_a_zip_without_files_is_refused() -> None:
    assert codes(zipped({})) == ["not_a_zip"]


def test_what_is_not_there_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(Problems, match="没有这个文件夹或文件"):
        read_pack(tmp_path / "nothing")


@given(st.binary(max_size=300))
@settings(max_examples=100)
def test_any_bytes_give_files_or_problems(content: bytes) -> None:
    assert codes(content) == ["not_a_zip"]


@given(at=st.integers(0, 10_000), value=st.integers(0, 255))
@settings(max_examples=150)
def test_a_damaged_zip_gives_files_or_problems(at: int, value: int) -> None:
    content = bytearray(zipped(files_below(DEPOT)))
    content[at % len(content)] = value
    try:
        found = read_zip(bytes(content))
    except Problems:
        return
    assert found.texts or found.data

"""Administrators install packs from zips: looked at first, all of it or nothing, in their name."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from runtime.language.problem import Problems
from runtime.language.refusal import Forbidden, InvalidAnswers, NotFound, Refused
from runtime.store import audit, directory, entity_tables, organisation, records, releases
from runtime.store.blobs import Blobs
from runtime.store.session import Session
from runtime.store.tables import app, file
from runtime.store.transaction import transaction
from runtime.usecases.install_zip import install_zip
from runtime.usecases.list_installed import list_installed
from runtime.usecases.open_zip import OpenedZip, open_zip
from runtime.usecases.upload_zip import UploadedZip, upload_zip
from tests.packs.zips import zipped
from tests.store.organisation import ORGANISATION
from tests.usecases.house import House

PACK = {
    "pack.yaml": (
        "schema: 1\ncode: key\nname: 钥匙\nversion: 1.0.0\nslots:\n"
        "  - {code: keeper, kind: role, name: 保管员}\n"
        "  - {code: office, kind: department, name: 保管部门}\n"
        "  - {code: boss, kind: user, name: 负责人, required: false}\n"
    ),
    "tables/key.yaml": (
        "code: key\nname: 钥匙\nkey: [no]\nfields:\n"
        "  - {code: no, type: text, label: 编号, required: true}\n"
        "  - {code: copies, type: integer, label: 数量, default: 1}\n"
    ),
    "permissions.yaml": "- {who: keeper, on: [key], scope: all, can: [view]}\n",
    "seeds/key.csv": "no\nA-1\nA-2\n",
    "demo/key.csv": "no\nD-1\n",
}
BINDINGS = {"keeper": "keeper", "office": "legal", "boss": "lara"}


@pytest.fixture
def house(session: Session) -> House:
    """A house with people and no packs."""
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    return House(session)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    """Contents in a folder of the test's own."""
    return Blobs(tmp_path, max_mb=1)


def pack(**texts: str) -> bytes:
    """Return the zip of the pack; `texts` replace files: `tables_key="…"`."""
    replaced = {name.replace("_", "/", 1) + ".yaml": text for name, text in texts.items()}
    files = {**PACK, **replaced}
    return zipped({name: text.encode() for name, text in files.items()})


def upload(house: House, blobs: Blobs, content: bytes, who: str = "root") -> UploadedZip:
    stream = BytesIO(content)
    return house.run(upload_zip, who, stream=stream, name="钥匙.zip", blobs=blobs, address="10.0.0.7")


def opened(house: House, blobs: Blobs, file: str, who: str = "root") -> OpenedZip:
    return open_zip(session=house.session, actor=house.person(who), file=file, blobs=blobs)


def install(house: House, blobs: Blobs, content: bytes, *, bindings: Mapping[str, str] = BINDINGS) -> None:
    given = upload(house, blobs, content)
    assert given.problems == ()
    house.run(install_zip, "root", file=given.file, bindings=bindings, blobs=blobs, demo=bool(bindings))


def keys(house: House) -> list[str]:
    there = entity_tables.today(house.session).get("key/key")
    found = [str(one.values["no"]) for one in records.find(house.session, there)]
    house.session.rollback()
    return found


def nothing_is_there(house: House) -> bool:
    kept = house.session.scalar(select(func.count()).select_from(file))
    apps = house.session.scalar(select(func.count()).select_from(app))
    lines = audit.entries(house.session)
    house.session.rollback()
    return (kept, apps, lines) == (0, 0, [])


def test_an_upload_is_looked_at_and_nothing_is_installed_yet(house: House, blobs: Blobs) -> None:
    given = upload(house, blobs, pack())
    found = opened(house, blobs, given.file)

    assert (found.app.manifest.name, found.before, found.demo) == ("钥匙", None, True)
    assert [(one.slot.code, one.target, one.missing) for one in found.slots] == [
        ("keeper", "keeper", True),
        ("office", "office", True),
        ("boss", "boss", False),
    ]
    assert list_installed(session=house.session, actor=house.person("root")).packs == ()


def test_it_is_installed_in_the_administrators_name_with_its_slots(house: House, blobs: Blobs) -> None:
    given = upload(house, blobs, pack())

    done = house.run(install_zip, "root", file=given.file, bindings=BINDINGS, blobs=blobs, address="10.0.0.7")

    assert (done.app, done.release, done.rows, done.changed) == ("key", 1, 2, True)
    [found] = list_installed(session=house.session, actor=house.person("root")).packs
    assert found.current is not None
    assert (found.current.created_by, found.current.note) == (house.person("root"), "钥匙.zip")
    assert (found.code, found.unbound, len(found.releases)) == ("key", (), 1)
    today = directory.today(house.session)
    assert {slot: today.bound("key", slot) for slot in BINDINGS} == BINDINGS
    assert (today.roles["keeper"].name, today.members("keeper")) == ("保管员", ())
    line = audit.entries(house.session)[0]
    assert (line.kind, line.object, line.ip) == ("pack.installed", "pack/key", "10.0.0.7")
    assert (line.detail["version"], line.detail["bindings"]) == ("1.0.0", BINDINGS)


def test_an_upload_is_used_once_and_by_who_brought_it(house: House, blobs: Blobs) -> None:
    with transaction(house.session) as tx:
        organisation.set_members(tx, "system_admin", members=["root", "lead"])
    given = upload(house, blobs, pack())

    def use(who: str) -> None:
        house.run(install_zip, who, file=given.file, bindings=BINDINGS, blobs=blobs)

    with pytest.raises(NotFound):
        opened(house, blobs, given.file, "lead")
    with pytest.raises(NotFound):
        use("lead")
    use("root")
    with pytest.raises(NotFound):
        use("root")
    with pytest.raises(NotFound):
        opened(house, blobs, "nothing")


@pytest.mark.parametrize(
    ("bindings", "place"),
    [
        ({}, "$.office"),
        ({"office": "nowhere"}, "$.office"),
        ({"office": "legal", "keeper": "nobody"}, "$.keeper"),
        ({"office": "legal", "boss": "nobody"}, "$.boss"),
    ],
)
def test_a_slot_must_stand_for_something_that_exists(
    house: House, blobs: Blobs, bindings: Mapping[str, str], place: str
) -> None:
    given = upload(house, blobs, pack())

    with pytest.raises(InvalidAnswers) as caught:
        house.run(install_zip, "root", file=given.file, bindings=bindings, blobs=blobs)

    assert [one.path for one in caught.value.problems] == [place]
    assert releases.current(house.session, "key") is None


def test_an_upgrade_keeps_bindings_and_says_what_it_follows(house: House, blobs: Blobs) -> None:
    install(house, blobs, pack())
    newer = pack(pack=PACK["pack.yaml"].replace("1.0.0", "1.1.0"))

    found = opened(house, blobs, upload(house, blobs, newer).file)
    assert found.before is not None
    assert (found.before.version, [one.target for one in found.slots]) == ("1.0.0", list(BINDINGS.values()))
    install(house, blobs, newer, bindings={})

    [installed] = list_installed(session=house.session, actor=house.person("root")).packs
    assert [one.version for one in installed.releases] == ["1.1.0", "1.0.0"]
    assert keys(house) == ["A-1", "A-2", "D-1"]


def test_problems_are_told_with_file_and_line_and_nothing_is_kept(house: House, blobs: Blobs) -> None:
    wrong = PACK["tables/key.yaml"].replace("type: integer", "type: integers")

    given = upload(house, blobs, pack(tables_key=wrong))

    assert given.file == ""
    assert [(one.path.split(" ")[0], one.line) for one in given.problems] == [("tables/key.yaml", 6)]
    assert nothing_is_there(house)


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"../pack.yaml": b"a: 1"}, "unsafe_name"),
        ({"pack.yaml": b"a: 1", "files/more.zip": b"x"}, "nested"),
        ({"pack.yaml": b"a: 1", "files/zeros": b"\0" * 5_000_000}, "bomb"),
        ({"pack.yaml": b"\xff\xfe"}, "not_utf8"),
    ],
)
def test_a_hostile_zip_is_refused_and_nothing_is_kept(
    house: House, blobs: Blobs, files: Mapping[str, bytes], code: str
) -> None:
    given = upload(house, blobs, zipped(files))

    assert [one.code for one in given.problems] == [code]
    assert nothing_is_there(house)


def test_what_is_no_zip_is_empty_or_too_large_is_refused(house: House, blobs: Blobs) -> None:
    assert [one.code for one in upload(house, blobs, b"MZ is no zip").problems] == ["not_a_zip"]
    with pytest.raises(Refused, match="文件是空的"):
        upload(house, blobs, b"")
    with pytest.raises(Refused, match="不能超过 1 MB"):
        upload(house, blobs, b"x" * (1 << 20) + b"x")

    assert nothing_is_there(house)


@pytest.mark.parametrize("seeds", ["no,copies\nA-1,many\n", "no,copies\n,1\n", f"no\n{'x' * 300}\n"])
def test_seeds_that_cannot_be_entered_undo_the_whole_installation(
    house: House, blobs: Blobs, seeds: str
) -> None:
    bad = {name: text.encode() for name, text in {**PACK, "seeds/key.csv": seeds}.items()}
    given = upload(house, blobs, zipped(bad))

    with pytest.raises(Problems) as caught:
        house.run(install_zip, "root", file=given.file, bindings=BINDINGS, blobs=blobs)
    assert {one.path.split(" $")[0] for one in caught.value.problems} == {"seeds/key.csv"}
    assert releases.current(house.session, "key") is None
    assert "keeper" not in directory.today(house.session).roles

    install(house, blobs, pack())
    assert keys(house) == ["A-1", "A-2", "D-1"]


def test_only_administrators_upload_open_and_install(house: House, blobs: Blobs) -> None:
    with pytest.raises(Forbidden):
        upload(house, blobs, pack(), "sam")
    assert nothing_is_there(house)
    given = upload(house, blobs, pack())

    with pytest.raises(Forbidden):
        opened(house, blobs, given.file, "sam")
    with pytest.raises(Forbidden):
        house.run(install_zip, "sam", file=given.file, bindings=BINDINGS, blobs=blobs)
    with pytest.raises(Forbidden):
        list_installed(session=house.session, actor=house.person("sam"))

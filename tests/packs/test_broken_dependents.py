"""An upgrade must not take away what another installed pack still uses."""

from __future__ import annotations

from collections.abc import Mapping

from runtime.language.app import App
from runtime.language.load import load_app
from runtime.packs.check import check_files
from runtime.packs.read import PackFiles
from runtime.packs.vocabulary import VOCABULARY

HOUSE = {
    "pack.yaml": "{schema: 1, code: house, name: 房屋, version: 1.0.0}",
    "tables/room.yaml": (
        "code: room\nname: 房间\nkey: [no]\nfields:\n"
        "  - {code: no, type: text, label: 编号, required: true}\n"
        "  - {code: area, type: decimal, label: 面积}\n"
    ),
}
LEASE = {
    "pack.yaml": "{schema: 1, code: lease, name: 租赁, version: 1.0.0, requires: [house]}",
    "tables/lease.yaml": (
        "code: lease\nname: 租约\nkey: [room]\nfields:\n"
        "  - {code: room, type: lookup, label: 房间, from: house/room, key: no, required: true,\n"
        "     fill: {area: area}}\n"
        "  - {code: area, type: decimal, label: 面积}\n"
    ),
}


def installed(*packs: Mapping[str, str]) -> dict[str, App]:
    apps = [load_app(files, VOCABULARY) for files in packs]
    return {app.code: app for app in apps}


def without_area(files: Mapping[str, str]) -> PackFiles:
    room = "".join(line for line in files["tables/room.yaml"].splitlines(True) if "area" not in line)
    return PackFiles({**files, "tables/room.yaml": room})


def test_a_field_that_another_pack_reads_cannot_be_taken_away() -> None:
    checked = check_files("house.zip", without_area(HOUSE), installed=installed(HOUSE, LEASE))

    [problem] = checked.problems
    assert problem.path.startswith("lease/tables/lease.yaml $.")
    assert "area" in problem.message


def test_what_nobody_else_reads_may_go() -> None:
    assert check_files("house.zip", without_area(HOUSE), installed=installed(HOUSE)).problems == ()
    assert check_files("house.zip", PackFiles(HOUSE), installed=installed(HOUSE, LEASE)).problems == ()


def test_what_was_wrong_before_is_not_blamed_on_the_upgrade() -> None:
    broken = {**LEASE, "tables/lease.yaml": LEASE["tables/lease.yaml"].replace("area: area", "area: size")}

    assert check_files("house.zip", PackFiles(HOUSE), installed=installed(HOUSE, broken)).problems == ()


def test_problems_of_an_upload_have_file_and_line() -> None:
    room = HOUSE["tables/room.yaml"].replace("type: decimal", "type: decimals")

    checked = check_files("house.zip", PackFiles({**HOUSE, "tables/room.yaml": room}), installed={})

    assert checked.app is None
    assert [(one.path.split(" ")[0], one.line) for one in checked.problems] == [("tables/room.yaml", 6)]

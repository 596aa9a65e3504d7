"""An app from nothing by mouse and keyboard alone: built, published, used, installed elsewhere."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, ViewportSize, expect

from runtime.packs.check import check_packs
from tests.browser import room_use, room_work
from tests.browser.conftest import SIZES, Enter
from tests.browser.demo import served_copy
from tests.browser.person import Person
from tests.needs import needs_browser

pytestmark = needs_browser
desk = pytest.mark.parametrize("size", ["desk"], indirect=True)

SNAPSHOT = Path(__file__).parent / "snapshots" / room_work.APP


@desk
@pytest.mark.timeout(600)
def test_meeting_room_is_built_by_mouse_and_keyboard_published_and_run(
    enter: Enter, browser: Browser, installed: Path, tmp_path: Path
) -> None:
    designer = enter("admin")
    for number, (name, work) in enumerate(room_work.STAGES, 10):
        work(designer.page)
        designer.look(f"{number}-{name}")

    taken = _taken(designer, tmp_path)
    _is_as_reviewed(taken, tmp_path / "pack")
    rooms, worker, other = enter("u067"), enter("u052"), enter("u053")
    _used(rooms, worker, other)

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with served_copy(installed, folder) as address:
        width, height = SIZES["desk"]
        people = [
            Person.enter(
                browser,
                address,
                login,
                viewport=ViewportSize(width=width, height=height),
                shots=designer.shots,
            )
            for login in ("admin", "u067", "u052")
        ]
        _installed(people[0], taken)
        room_use.add_room(people[1])
        room_use.book(people[2], begin="09:00", end="10:00", attendees=("易秋池",))
        people[2].press("提交")
        room_use.is_listed(people[2], status="已预约")
        people[2].look("41-booked-elsewhere")
        faults = [fault for one in people for fault in one.faults]
        for one in people:
            one.leave()
    assert faults == []


def _taken(designer: Person, folder: Path) -> Path:
    """Take the release away as a zip."""
    designer.open(f"/design/{room_work.APP}/releases/")
    with designer.page.expect_download() as download:
        designer.page.get_by_role("link", name="导出 第 1 版").click()
    designer.look("25-releases")
    download.value.save_as(folder / "taken.zip")
    return folder / "taken.zip"


def _is_as_reviewed(taken: Path, folder: Path) -> None:
    """Hold the files to those that have been read and found good; and to what the linter says."""
    with ZipFile(taken) as archive:
        archive.extractall(folder)
    made, reviewed = _texts(folder), _texts(SNAPSHOT)
    assert list(made) == list(reviewed)
    for file, text in reviewed.items():
        assert made[file] == text, file
    (checked,) = check_packs([folder])
    assert checked.problems == ()


def _texts(folder: Path) -> dict[str, str]:
    return {
        str(one.relative_to(folder)): one.read_text(encoding="utf-8")
        for one in sorted(folder.rglob("*"))
        if one.is_file()
    }


def _used(keeper: Person, worker: Person, other: Person) -> None:
    room_use.add_room(keeper)
    keeper.look("30-room")
    # Both wait for the service: nothing is booked yet.
    room_use.book(worker, begin="14:00", end="15:30", attendees=("易秋池",), service="投影与茶水")
    worker.look("31-booking-filled")
    worker.press("提交")
    worker.told("已提交")
    later = "季度复盘会"
    room_use.book(other, begin="15:00", end="16:00", attendees=("易秋池",), service="茶水", subject=later)
    other.press("提交")
    keeper.todo(f"会议-{room_use.SUBJECT}")
    keeper.look("32-service-task")
    keeper.give("同意", opinion="已安排投影与茶水")
    room_use.is_listed(worker, status="已预约")
    worker.look("33-booked")

    _refused(keeper, later)
    other.todo(f"会议-{later}")
    other.watch.allowed.add(422)
    other.button("提交").click()
    expect(other.page.get_by_text("该时段已被占用").first).to_be_visible()
    other.look("34-refused")
    # One booking, as before.
    room_use.is_listed(worker, status="已预约")

    worker.todo(f"会议-{room_use.SUBJECT}")
    worker.look("35-end-task")
    worker.press("提交")
    room_use.is_listed(worker, status="已结束")
    worker.look("36-released")
    other.todo(f"会议-{later}")
    other.fill({"开始": f"{room_use.DAY} 15:05"})
    expect(other.cell("时段冲突")).to_contain_text("否")


def _refused(keeper: Person, title: str) -> None:
    """The room is taken meanwhile: the second cannot be confirmed, and goes back to who asked."""
    keeper.todo(f"会议-{title}")
    keeper.watch.allowed.add(422)
    keeper.button("同意").click()
    dialog = keeper.page.get_by_role("dialog", name="同意")
    dialog.get_by_role("textbox").fill("可以")
    dialog.locator("[data-do]").click()
    expect(keeper.page.get_by_text("该时段已被占用").first).to_be_visible()
    keeper.look("33-taken-meanwhile")
    keeper.page.reload()
    keeper.give("退回", opinion="该时段已有会议，请改时间", to="员工预约")


def _installed(designer: Person, pack: Path) -> None:
    """Bring the pack in as a draft on the page, look at it, and publish it."""
    page = designer.page
    designer.open("/design/")
    page.get_by_role("link", name="安装应用包").click()
    page.get_by_label("应用包文件（zip）").set_input_files(pack)
    page.get_by_role("button", name="上传并检查").click()
    page.wait_for_url(f"**/design/{room_work.APP}/publish")
    room_work.bind(page)
    designer.look("40-installed-elsewhere")
    page.get_by_role("button", name="发布", exact=True).click()
    expect(page.get_by_role("heading", name="已发布为第 1 版")).to_be_visible()

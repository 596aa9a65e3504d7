"""Purchase requests: built from an empty app by mouse and keyboard, run, taken away and run elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, ViewportSize

from runtime.packs.check import check_packs
from tests.browser import purchase_access as access
from tests.browser import purchase_design as design
from tests.browser import purchase_work as work
from tests.browser.conftest import SIZES, Enter
from tests.browser.demo import ROOT, served_copy
from tests.browser.person import Person, shots_folder
from tests.browser.purchase_work import CHAIR, LAPTOP
from tests.needs import needs_browser

pytestmark = needs_browser

#: The app as it must come out of the designer, reviewed as a pack that somebody wrote.
SNAPSHOT = Path(__file__).with_name("snapshots") / "purchase"


@pytest.fixture
def enter_elsewhere(browser: Browser, installed: Path, tmp_path: Path) -> Iterator[Enter]:
    """Log somebody in to a second installation, which knows nothing of the app."""
    people: list[Person] = []
    width, height = SIZES["desk"]
    shots = shots_folder(tmp_path / "shots") / "elsewhere"
    shots.mkdir(exist_ok=True)
    with served_copy(installed, tmp_path / "elsewhere") as address:

        def let_in(login: str) -> Person:
            viewport = ViewportSize(width=width, height=height)
            people.append(Person.enter(browser, address, login, viewport=viewport, shots=shots))
            return people[-1]

        yield let_in
        faults = [fault for person in people for fault in person.faults]
        for person in people:
            person.leave()
    assert list(dict.fromkeys(faults)) == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("size", ["desk"], indirect=True)
def test_purchase_requests_are_built_run_and_taken_elsewhere(
    enter: Enter, enter_elsewhere: Enter, tmp_path: Path
) -> None:
    designer = enter("admin")
    design.build(designer)
    access.to_publication(designer)
    access.publish(designer, "首个版本：采购申请、会签与物料额度")
    taken = tmp_path / "purchase.zip"
    access.take_away(designer, taken)
    is_as_reviewed(taken, tmp_path / "pack")
    run(enter)

    access.bring_in(enter_elsewhere("admin"), taken)
    run_once(enter_elsewhere)


def is_as_reviewed(taken: Path, folder: Path) -> None:
    """Compare a pack with the snapshot, file by file; it has no problems either."""
    with ZipFile(taken) as archive:
        archive.extractall(folder / design.APP)
    made, wanted = texts(folder / design.APP), texts(SNAPSHOT)
    assert list(made) == list(wanted)
    assert made == wanted
    found = check_packs([ROOT / "packs" / "common_base", folder / design.APP])
    assert [problem for one in found for problem in one.problems] == []


def texts(folder: Path) -> dict[str, str]:
    """Return the files below a folder by name."""
    files = sorted(one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): one.read_text(encoding="utf-8") for one in files}


def run(enter: Enter) -> None:
    """A small request, a large one that two sign, and one beyond the budget."""
    applicant, head, buyer = enter("u052"), enter("u018"), enter("u060")
    signers = (enter("u022"), enter("u032"))
    work.keep_ledger(buyer)
    buyer.look("80-ledger")

    work.ask(applicant, "新员工入职", {LAPTOP: "1", CHAIR: "2"}, total="¥5,600.00", shot="81-small")
    work.agree(head, "5,600.00", opinion="同意采购", shot="82-head")
    assert [one.waiting() for one in signers] == [[], []]
    work.order(buyer, "5,600.00", "CG-2027-001", shot="83-order")
    work.check_ledger(buyer, {LAPTOP: "¥25,000.00", CHAIR: "¥2,400.00"})

    work.ask(applicant, "项目组扩编", {LAPTOP: "3", CHAIR: "1"}, total="¥15,300.00", shot="84-large")
    work.agree(head, "15,300.00", opinion="情况属实")
    for one in signers:
        assert buyer.waiting() == []
        work.agree(one, "15,300.00", opinion="同意", shot=f"85-sign-{one.login}")
    work.order(buyer, "15,300.00", "CG-2027-002")
    left = {LAPTOP: "¥10,000.00", CHAIR: "¥2,100.00"}
    work.check_ledger(buyer, left)

    work.ask(applicant, "再次扩编", {CHAIR: "1", LAPTOP: "3"}, total="¥15,300.00", shot="86-over")
    for one in (head, *signers):
        work.agree(one, "15,300.00", opinion="同意")
    short = f"物料“{LAPTOP}”的剩余额度不足"
    work.is_refused(buyer, "15,300.00", "CG-2027-003", message=short, shot="87-refused")
    # Neither the chair's budget, which would do, nor the laptop's.
    work.check_ledger(buyer, left)
    buyer.look("88-ledger")


def run_once(enter: Enter) -> None:
    """A large request in an installation that the app was brought to."""
    applicant, head, buyer = enter("u052"), enter("u018"), enter("u060")
    work.keep_ledger(buyer)
    work.ask(applicant, "新项目", {LAPTOP: "2", CHAIR: "1"}, total="¥10,300.00", shot="90-asked")
    for one in (head, enter("u022"), enter("u032")):
        work.agree(one, "10,300.00", opinion="同意")
    work.order(buyer, "10,300.00", "CG-2027-101", shot="91-order")
    work.check_ledger(buyer, {LAPTOP: "¥20,000.00", CHAIR: "¥2,700.00"})
    buyer.look("92-ledger")

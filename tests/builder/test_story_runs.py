"""Walk-throughs run against a draft: in a process of their own, on nothing of this installation."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

from builder.packs import trial
from builder.packs.trial import play_trial
from runtime.language.refusal import Refused
from runtime.packs.read import read_pack
from tests.builder.test_rule_pages import edit
from tests.builder.test_rule_trials import counted
from tests.web.site import PACKS, Browser, Site, texts

APP = "customer_archive"


def run(browser: Browser, app: str = APP, **asked: Any) -> str:
    answer = browser.post(f"/design/{app}/tests/run", **asked)
    assert answer.status_code == 200, answer.text
    return texts(answer.get_json()["html"])


def first_file(browser: Browser) -> str:
    """Return the file of the first walk-through of the app."""
    page = browser.read(f"/design/{APP}/tests/")
    return page.partition('id="test-editor"')[2].partition('data-file="')[2].partition('"')[0]


def test_one_or_all_are_played_and_nothing_here_changes(site: Site) -> None:
    admin = site.browser("admin")
    before = counted(site)

    said = run(admin, file=first_file(admin), at=0)
    assert "运行了 1 个测试，0 个不通过" in said
    assert "1. " in said
    assert counted(site) == before


def test_the_draft_is_played_not_the_release(site: Site) -> None:
    admin = site.browser("admin")
    file = first_file(admin)
    spoilt = {
        "name": "不会成功",
        "steps": [{"as": "u052", "open": "customer", "match": {"customer_no": "无"}}],
    }
    change = {"do": "insert", "place": [], "value": spoilt, "at": 0}
    assert edit(admin, APP, file, 0, change).status_code == 200

    said = run(admin, file=file, at=0)
    assert "1 个不通过" in said
    assert "不会成功" in said


def test_a_draft_with_problems_is_not_played_and_says_which(site: Site) -> None:
    admin = site.browser("admin")
    change = {"do": "set", "place": ["al_stale", "when"], "value": "nothing > 1"}
    assert edit(admin, APP, "rules/customer.yaml", 0, change).status_code == 200

    said = run(admin)
    assert "草稿还有问题" in said
    assert "rules/customer.yaml $[0].when" in said


@pytest.mark.parametrize("asked", [{"file": "pack.yaml", "at": 0}, {"file": "tests/x.yaml", "at": 99}])
def test_what_is_no_walk_through_is_not_there(site: Site, asked: dict[str, Any]) -> None:
    assert "没有这个测试" in run(site.browser("admin"), **asked)


def test_a_second_run_meanwhile_is_told_to_wait(site: Site) -> None:
    with trial._BUSY:
        assert "另一次测试正在运行" in run(site.browser("admin"))


def files_of(app: str) -> dict[str, bytes]:
    found = read_pack(PACKS / app)
    return {**{name: text.encode() for name, text in found.texts.items()}, **found.data}


def test_what_takes_too_long_is_ended() -> None:
    with pytest.raises(Refused, match="已中止"):
        play_trial({"common_base": files_of("common_base")}, "common_base", longest=0.2)
    assert trial._BUSY.acquire(blocking=False)
    trial._BUSY.release()


def test_the_other_process_knows_nothing_of_this_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "environment"
    monkeypatch.setenv("DATABASE_URL", "sqlite:////nowhere/real.db")
    monkeypatch.setenv("SECRET_KEY", "secret")
    monkeypatch.setattr(
        trial,
        "_START",
        f"import os, json; open({str(told)!r}, 'w').write(repr(dict(os.environ))); print('[]')",
    )

    assert play_trial({}, "nothing") == ()
    assert "real.db" not in told.read_text()
    assert "SECRET_KEY" not in told.read_text()
    assert os.environ["SECRET_KEY"] == "secret"


@pytest.mark.parametrize("name", ["../../b", "tests/" + "长" * 100 + ".yaml", "a\0b", "pack.yaml/x"])
def test_a_file_may_not_leave_the_folder_or_have_no_name(name: str) -> None:
    with pytest.raises(Refused, match="不能用"):
        play_trial({"a": {"pack.yaml": b"", name: b""}}, "a")


def test_what_is_ended_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Not its installation, which it made in a folder for temporary files, nor a process that it started."""
    told = tmp_path / "told"
    start = f"""
import os, subprocess, sys, tempfile, time
place = tempfile.mkdtemp()
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
open({str(told)!r}, "w").write(f"{{place}} {{child.pid}}")
time.sleep(600)
"""
    monkeypatch.setattr(trial, "_START", start)

    with pytest.raises(Refused, match="已中止"):
        play_trial({}, "nothing", longest=5)
    place, child = told.read_text().split()
    assert "biaoliu-trial-" in place
    assert not Path(place).exists()
    status = Path(f"/proc/{child}/status")
    assert not status.exists() or "Z (zombie)" in status.read_text()


def test_an_interrupted_run_ends_the_other_process(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Any] = []

    class Interrupted(subprocess.Popen[str]):
        def communicate(self, *given: Any, **more: Any) -> Any:
            if not started:
                started.append(self)
                raise KeyboardInterrupt
            return super().communicate(*given, **more)

    monkeypatch.setattr(trial, "_START", "import time; time.sleep(600)")
    monkeypatch.setattr(subprocess, "Popen", Interrupted)

    with pytest.raises(KeyboardInterrupt):
        play_trial({}, "nothing")
    assert started[0].returncode == -signal.SIGKILL
    assert not trial._BUSY.locked()


def test_what_it_says_and_writes_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_START", r"import sys; sys.stdout.buffer.write(b'\xff\xfe no')")
    with pytest.raises(Refused, match=r"没有运行起来：.* no"):
        play_trial({}, "nothing")

    monkeypatch.setattr(trial, "LARGEST_FILE", 1000)
    monkeypatch.setattr(trial, "_START", "f = open('big', 'wb', 0); f.write(b'x' * 1000); f.write(b'x')")
    with pytest.raises(Refused, match=r"没有运行起来：.*File too large"):
        play_trial({}, "nothing")


def test_a_text_is_taken_or_told_line_by_line(site: Site) -> None:
    admin = site.browser("admin")
    file = first_file(admin)
    stem = file.removeprefix("tests/").removesuffix(".yaml")
    url = f"/design/{APP}/tests/{stem}.0"

    wrong = admin.post(url, text="name: a\nsteps:\n  - {as: u052, dance: now}\n", rev=0)
    assert wrong.status_code == 422
    assert [one["line"] for one in wrong.get_json()["problems"]] == [3]
    for empty in ("", "# 空\n"):
        nothing = admin.post(url, text=empty, rev=0)
        assert nothing.status_code == 422
        assert nothing.get_json()["problems"] == [{"line": 1, "message": "第 1 行：文件是空的"}]
    odd = admin.post(url, text="name: [", rev=0)
    assert odd.status_code == 422
    right = admin.post(url, text="name: 新名称\nsteps:\n  - {note: 只核对}\n", rev=0)
    assert right.status_code == 200
    assert right.get_json()["rev"] == 1
    assert admin.post(url, text="name: b\nsteps:\n  - {note: x}\n", rev=0).status_code == 409
    assert "新名称" in texts(admin.read(url))

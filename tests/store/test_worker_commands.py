"""`biaoliu drain` and `biaoliu worker` on the database of the settings."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from runtime.commands.worker import drain, worker
from runtime.store import notices, outbox
from runtime.store.outbox import Delivery
from runtime.store.session import Sessions
from runtime.store.transaction import transaction
from tests.store.databases import sqlite_engine

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_drain_delivers_what_is_due_once_and_says_how_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_engine(tmp_path) as engine:
        monkeypatch.setenv("VAR_DIR", str(tmp_path))
        monkeypatch.setenv("DATABASE_URL", engine.url.render_as_string(hide_password=False))
        with Sessions(engine)() as session:
            with transaction(session) as tx:
                note = notices.delivery(key="a", people=[1], kind="rule", title="一", due_at=NOW)
                outbox.enqueue_all(tx, [note, Delivery("b", "telegram", {}, NOW)], now=NOW)

            first, second = (CliRunner().invoke(drain, catch_exceptions=False) for _ in range(2))

            assert first.output.endswith("已处理 1 项，稍后重试 1 项，失败终止 0 项。\n")
            assert second.output == "已处理 0 项，稍后重试 0 项，失败终止 0 项。\n"
            assert [one.title for one in notices.inbox(session, person=1)] == ["一"]


def test_an_interval_of_nothing_is_refused_before_anything_starts() -> None:
    result = CliRunner().invoke(worker, ["--interval", "0"])

    assert result.exit_code == 2
    assert "0.1" in result.output

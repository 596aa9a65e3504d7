"""Redis stopped, or silent, in the middle of the work: nobody waits for it, and every delivery arrives."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from redis import Redis
from structlog.testing import capture_logs

from runtime.jobs import wake
from runtime.jobs.drain import drain_all
from runtime.jobs.handlers import HANDLERS
from runtime.jobs.wake import SULK_SECONDS, UNDER_WAY, RedisAlarm, wake_after_commit
from runtime.store.states import OutboxState
from runtime.store.tables import outbox
from tests.faults.consistency import inconsistencies
from tests.faults.office import Office
from tests.faults.orders import NOW
from tests.needs import needs_redis

pytestmark = needs_redis

ACTIONS = 12


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Yield the URL and the process of a Redis of this test's own."""
    path = tmp_path / "redis.sock"
    command = ["redis-server", "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout is not None
            assert any(b"ready to accept connections" in line.lower() for line in process.stdout)
            yield f"unix://{path}", process
        finally:
            process.kill()


@pytest.fixture
def seconds() -> list[float]:
    """Return the time by which an alarm sulks; it stands still until a test moves it."""
    return [0.0]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()


def _silence(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGSTOP)


@pytest.mark.parametrize("lose", [_stop, _silence], ids=["stopped", "silent"])
def test_without_redis_work_goes_on_and_deliveries_arrive_by_themselves(
    trial: Office,
    server: tuple[str, subprocess.Popen[bytes]],
    seconds: list[float],
    lose: Callable[[subprocess.Popen[bytes]], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, process = server
    # As long as a busy machine may take to answer; what waits for nobody is counted below, not timed.
    monkeypatch.setattr(wake, "PATIENCE_SECONDS", 0.5)
    alarm = RedisAlarm(url, clock=lambda: seconds[0])
    wake_after_commit(trial.opened, alarm)
    _return_a_case(trial)
    with Redis.from_url(url) as connection:
        assert connection.exists(UNDER_WAY), "with Redis an action rings"

    lose(process)
    with capture_logs() as logs:
        for _ in range(ACTIONS):
            _return_a_case(trial)

    # One action waited for it, and at most for its patience; the others did not even ask.
    assert [one["event"] for one in logs] == ["redis cannot be reached"]
    seconds[0] += SULK_SECONDS
    with capture_logs() as logs:
        _return_a_case(trial)
    assert [one["event"] for one in logs] == ["redis cannot be reached"]
    assert trial.count(outbox, state=OutboxState.WAITING.value) == trial.count(outbox) > ACTIONS
    drain_all(trial.opened, HANDLERS, clock=lambda: NOW)
    assert trial.count(outbox, state=OutboxState.DONE.value) == trial.count(outbox)
    assert inconsistencies(trial.engine) == []
    alarm.close()


def _return_a_case(office: Office) -> None:
    """Do what leaves deliveries behind: to the initiator, and to whom a rule names."""
    number = office.done(office.submit("p000", "fork", {"amount": "1"}))
    office.done(office.act("p111", number, "return"))

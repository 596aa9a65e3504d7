"""A drainer killed with SIGKILL at any point: what it had is delivered later, and everything once."""

from __future__ import annotations

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

from runtime.jobs.drain import DrainReport, drain
from runtime.jobs.handlers import HANDLERS
from runtime.store import notices, outbox
from runtime.store.session import Sessions
from runtime.store.tables import notice
from runtime.store.transaction import transaction

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(seconds=outbox.LEASE_SECONDS + 1)
JOBS = 3

#: Drains as the product does, until it kills itself at one job: before or after that job has written.
_PROGRAM = """
import os, signal, sys
from datetime import datetime
from runtime.jobs.drain import drain
from runtime.jobs.handlers import deliver_notice
from runtime.store.database import make_engine
from runtime.store.session import Sessions

url, now, key, point = sys.argv[1:]

def deliver(tx, job, *, now):
    if (job.key, point) == (key, "before writing"):
        os.kill(os.getpid(), signal.SIGKILL)
    deliver_notice(tx, job, now=now)
    if (job.key, point) == (key, "before the commit"):
        os.kill(os.getpid(), signal.SIGKILL)

drain(Sessions(make_engine(url)), {"notice": deliver}, now=datetime.fromisoformat(now))
"""


def people(sessions: Sessions) -> list[int]:
    with sessions() as session:
        return list(session.scalars(select(notice.c.person).order_by(notice.c.person)))


@pytest.mark.parametrize("point", ["before writing", "before the commit"])
@pytest.mark.parametrize("job", [0, JOBS - 1])
def test_what_a_killed_drainer_had_is_delivered_once(
    engine: Engine, new_session: Sessions, job: int, point: str
) -> None:
    with new_session() as session, transaction(session) as tx:
        for number in range(JOBS):
            made = notices.delivery(key=f"k{number}", people=[number], kind="rule", title="通知", due_at=NOW)
            outbox.enqueue_all(tx, [made], now=NOW)
    url = engine.url.render_as_string(hide_password=False)

    killed = subprocess.run(
        [sys.executable, "-c", _PROGRAM, url, NOW.isoformat(), f"k{job}", point], check=False
    )

    assert killed.returncode == -signal.SIGKILL
    print(f"killed at job {job}, {point}")
    assert people(new_session) == list(range(job))
    assert drain(new_session, HANDLERS, now=NOW) == DrainReport()  # still leased
    assert drain(new_session, HANDLERS, now=LATER) == DrainReport(done=JOBS - job)
    assert people(new_session) == list(range(JOBS))

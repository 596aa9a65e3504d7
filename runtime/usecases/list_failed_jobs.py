"""Deliveries that failed, for an administrator."""

from dataclasses import dataclass

from runtime.running.administrator import overseen
from runtime.store import failed_jobs
from runtime.store.failed_jobs import FailedJob
from runtime.store.reading import reading
from runtime.store.session import Session
from runtime.store.states import OutboxState


@dataclass(frozen=True, slots=True)
class FailedJobs:
    """What failed, newest first, and how much there is of everything."""

    jobs: tuple[FailedJob, ...]
    #: Whether there are older ones.
    more: bool
    #: Jobs not delivered yet, those that failed and will be tried again included.
    waiting: int
    dead: int


def list_failed_jobs(
    *, session: Session, actor: int, before: int | None = None, limit: int = 50
) -> FailedJobs:
    """Return jobs that are dead or failed and will be tried again, older than the job `before`.

    :raises Forbidden: if `actor` is no administrator.
    """
    with reading(session) as tx:
        overseen(tx, actor=actor)
        found = failed_jobs.failures(tx, before=before, limit=limit + 1)
        counts = failed_jobs.counts(tx)
    return FailedJobs(
        tuple(found[:limit]), len(found) > limit, counts[OutboxState.WAITING], counts[OutboxState.DEAD]
    )

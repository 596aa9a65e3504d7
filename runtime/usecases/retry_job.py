"""Try a delivery again that failed, or all of them."""

from runtime.language.refusal import NotFound
from runtime.language.speech import _
from runtime.running.administrator import administrator
from runtime.running.context import Clock
from runtime.store import failed_jobs
from runtime.store.failed_jobs import FailedJob
from runtime.store.session import Session
from runtime.store.transaction import transaction


def retry_job(*, session: Session, clock: Clock, actor: int, job: int, address: str = "") -> FailedJob:
    """Make the job due now, with all its attempts, and return what it was.

    :raises Forbidden: if `actor` is no administrator.
    :raises NotFound: if there is no such job, or none that failed and lies still.
    """
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address)
        found = failed_jobs.retry(tx, job, now=clock.moment)
        if found is None:
            raise NotFound("no_failed_job", _("这个任务不存在，或已在处理、已经完成。"))
        admin.note("job.retried", f"job/{found.id}", key=found.key, error=found.error)
    return found


def retry_all_jobs(*, session: Session, clock: Clock, actor: int, address: str = "") -> int:
    """Make every failed job due now and return how many there were.

    :raises Forbidden: if `actor` is no administrator.
    """
    with transaction(session) as tx:
        admin = administrator(tx, clock=clock, actor=actor, address=address)
        count = failed_jobs.retry_all(tx, now=clock.moment)
        if count:
            admin.note("job.all_retried", "job", count=count)
    return count

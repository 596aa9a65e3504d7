"""Who delivers what: one function per kind of outbox row."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Protocol

from runtime.store import notices
from runtime.store.outbox import Job
from runtime.store.session import Session


class Handler(Protocol):
    """Delivers one job inside the transaction that records it as done; raising means "try again later"."""

    def __call__(self, tx: Session, job: Job, /, *, now: datetime) -> None:
        """Deliver the job."""


def deliver_notice(tx: Session, job: Job, *, now: datetime) -> None:
    """Put a notice into the inboxes of its people: once per key and person, by the shared transaction."""
    notices.write(tx, job.payload, now=now)


HANDLERS: Mapping[str, Handler] = MappingProxyType({notices.KIND: deliver_notice})

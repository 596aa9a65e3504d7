"""What one request asks, as data: carried out here, in a thread or in another process alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from runtime.jobs.drain import drain
from runtime.jobs.handlers import HANDLERS
from runtime.language.refusal import Refused
from runtime.running.context import Clock
from runtime.store.session import Session, Sessions
from runtime.usecases.act_on_task import Action, act_on_task
from runtime.usecases.comment_on_case import comment_on_case
from runtime.usecases.save_draft import save_draft
from runtime.usecases.submit_form import submit_form
from runtime.usecases.withdraw_case import withdraw_case

#: When everything happens, unless an order says otherwise.
NOW = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)

#: `use`, the person and the token, and what the use case takes besides; nothing that JSON cannot hold.
Order = dict[str, Any]
#: `{"done": …, "case_id": …, "message": …}`, or `{"refused": name of the exception, "message": …}`.
Answer = dict[str, Any]

_USE_CASES: Mapping[str, Callable[..., Any]] = {
    "submit": submit_form,
    "draft": save_draft,
    "withdraw": withdraw_case,
    "comment": comment_on_case,
    "act": act_on_task,
}


def order(use: str, who: int, *, token: str | None = None, **given: Any) -> Order:
    """Return an order with a token of its own, unless one is given."""
    return {"use": use, "who": who, "token": token or uuid4().hex, "given": given}


def answer(opened: Callable[[], Session], asked: Order) -> Answer:
    """Carry the order out as a request would, in a session of its own, and return what the person sees."""
    with opened() as session:
        try:
            outcome = _use(session, asked)
        except Refused as error:
            return {"refused": type(error).__name__, "message": said(error)}
        return {"done": outcome.done, "case_id": outcome.case_id, "message": outcome.message}


def deliver(opened: Sessions, *, at: datetime) -> Answer:
    """Drain one batch of the outbox, and return how many were done."""
    return {"delivered": drain(opened, HANDLERS, now=at).done}


def said(error: Refused) -> str:
    """Return everything a refusal says, the problems of a form included."""
    problems = "；".join(f"{one.path} {one.message}" for one in getattr(error, "problems", ()))
    return f"{error} {problems}".strip()


def _use(session: Session, asked: Order) -> Any:
    clock, given = Clock(NOW), dict(asked["given"])
    who: Mapping[str, Any] = {"actor": asked["who"], "token": asked["token"]}
    if asked["use"] == "act":
        given = {"task_id": given.pop("task_id"), "action": Action(**given)}
    return _USE_CASES[asked["use"]](session=session, clock=clock, **who, **given)

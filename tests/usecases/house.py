"""A house for tests of use cases: its people, its clock, the pack `trade`, and short words to act with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from runtime.packs.read import read_pack
from runtime.running.context import Clock
from runtime.running.form_model import FormCell, FormModel, FormTable
from runtime.store import directory, organisation
from runtime.store.case_story import own_tasks
from runtime.store.session import Session
from runtime.store.transaction import transaction
from runtime.usecases.act_on_task import Action, act_on_task
from runtime.usecases.install_packs import Options, install_packs
from runtime.usecases.save_record import save_record
from runtime.usecases.submit_form import submit_form
from tests.store.organisation import ORGANISATION

PACK = Path(__file__).parents[1] / "data" / "apps" / "trade"
T = TypeVar("T")


@dataclass
class House:
    """Everything that a use case is called with."""

    session: Session
    moment: datetime = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
    _tokens: count[int] = field(default_factory=count)

    def person(self, code: str) -> int:
        """Return the number of a person."""
        return directory.today(self.session).people[code].id

    def run(self, use_case: Callable[..., T], who: str, **asked: Any) -> T:
        """Call a use case as somebody; every call is a minute later."""
        self.moment += timedelta(minutes=1)
        clock = Clock(self.moment)
        return use_case(session=self.session, clock=clock, actor=self.person(who), **asked)

    def token(self) -> str:
        """Return a client token that was not used yet."""
        return f"t-{next(self._tokens)}"

    def supplier(self, who: str = "sam", **values: Any) -> int:
        """Enter a supplier and return its id."""
        posted = {"credit": "1000", **values}
        place = {"entity": "trade/supplier", "posted": posted, "token": self.token()}
        return self.run(save_record, who, **place).record_id

    def submit(self, who: str = "sam", **values: Any) -> int:
        """Submit a request and return its case."""
        posted = {"reason": "办公", "items": [item()], **values}
        asked = {"app": "trade", "flow": "buy", "posted": posted, "token": self.token()}
        return self.run(submit_form, who, **asked).case_id

    def task(self, who: str, case: int) -> int:
        """Return somebody's task in a case."""
        tasks = own_tasks(self.session, case_id=case, person=self.person(who))
        self.session.rollback()
        return tasks[0].id

    def act(self, who: str, case: int, do: str, **given: Any) -> None:
        """Act on somebody's task in a case."""
        action = Action(do, opinion=given.pop("opinion", "好"), **given)
        self.run(act_on_task, who, task_id=self.task(who, case), action=action, token=self.token())


def item(**values: Any) -> dict[str, Any]:
    """Return a row as a page posts it."""
    return {"thing": "纸", "qty": "2", "price": "10.50", "cost": "8", **values}


def furnish(session: Session) -> House:
    """Enter the organisation and install the pack."""
    with transaction(session) as tx:
        organisation.load_organisation(tx, ORGANISATION)
    house = House(session)
    packs = [read_pack(PACK)]
    install_packs(session=session, clock=Clock(house.moment), actor=0, packs=packs, options=Options())
    return house


def cell(form: FormModel, path: str) -> FormCell:
    """Return the cell at a path."""
    return next(one for one in form.cells() if one.path == path)


def paths(form: FormModel) -> set[str]:
    """Return where the form has cells and sub-tables."""
    return {one.path for one in form.cells()} | {one.path for one in form.parts()}


def table(form: FormModel, code: str) -> FormTable:
    """Return a sub-table."""
    return next(one for one in form.parts() if isinstance(one, FormTable) and one.code == code)

"""What happened in a case, as facts in the past tense: folding them gives the case's state.

`path` is where the token stands in the scope tree: "/" at the root, "/3.0/" in branch 0 of scope 3. People
are codes. Numbers of visits and scopes count inside their case and are never used again.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Assigned:
    """Somebody who got a task, and the steps of the rule that chose them ("为什么是我?")."""

    person: str
    because: tuple[str, ...]
    #: The rule chose this person, `person` acts for them.
    behalf: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The initiator submitted; `submission` counts from 1 and rises with each resubmission."""

    submission: int


@dataclass(frozen=True, slots=True)
class TokenMoved:
    """A token left `origin` and reached `to`; `because` is the trace of conditions that were tried."""

    origin: str
    to: str
    path: str
    #: The visit it comes from, 0 behind the start.
    visit: int = 0
    because: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A token waits at a human node for these people."""

    visit: int
    node: str
    path: str
    submission: int
    #: Approvals needed; 1 for a node without a verdict.
    need: int
    assigned: tuple[Assigned, ...]
    came_from: int = 0


@dataclass(frozen=True, slots=True)
class TaskDone:
    """One person's task is finished. `passed`: without the person, by a policy named in `because`."""

    visit: int
    person: str
    verdict: str  # approved | rejected | completed | returned | passed
    because: str = ""


@dataclass(frozen=True, slots=True)
class TaskClaimed:
    """One of several took the visit; the others' tasks are out of sight."""

    visit: int
    person: str


@dataclass(frozen=True, slots=True)
class TaskReleased:
    """The claim was given back; everybody sees the task again."""

    visit: int
    person: str


@dataclass(frozen=True, slots=True)
class VisitClosed:
    """A visit has its outcome; tasks still open in it need nobody any more ("无需处理")."""

    visit: int
    node: str
    path: str
    outcome: str  # approved | rejected | completed | returned
    #: Why nobody was needed, where a policy decided.
    because: str = ""


@dataclass(frozen=True, slots=True)
class ScopeOpened:
    """A split: `expected` tokens run below `path` until they have arrived or ended."""

    scope: int
    node: str
    path: str
    expected: int
    #: The visit the splitting token comes from.
    visit: int = 0


@dataclass(frozen=True, slots=True)
class BranchArrived:
    """A branch reached the join of its scope."""

    scope: int
    node: str
    path: str
    visit: int = 0


@dataclass(frozen=True, slots=True)
class BranchEnded:
    """A branch came to an end node inside its scope."""

    scope: int
    path: str
    visit: int = 0


@dataclass(frozen=True, slots=True)
class ScopeClosed:
    """Every branch has arrived or ended; the token goes on (or ends) at the scope's own path."""

    scope: int
    path: str


@dataclass(frozen=True, slots=True)
class SubtreeWithdrawn:
    """Everything open at or below `path` was taken back.

    Visits finished there from number `since` on are taken back as well: they stay as history, but count no
    more. None leaves finished visits alone, as at the end of a case.
    """

    path: str
    since: int | None = None


@dataclass(frozen=True, slots=True)
class NoticeGiven:
    """People got something to read; nothing waits for them."""

    node: str
    path: str
    assigned: tuple[Assigned, ...]
    visit: int


@dataclass(frozen=True, slots=True)
class TokenEnded:
    """A token reached an end node."""

    node: str
    path: str
    visit: int = 0


@dataclass(frozen=True, slots=True)
class RulesFired:
    """Rules ran for `on`; `effects` are one line each, as the ledger keeps them."""

    on: str
    path: str
    visit: int
    effects: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class EffectsInverted:
    """Effects were taken back from the ledger, newest first."""

    path: str
    since_visit: int
    effects: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class Returned:
    """Somebody sent the work back to `to` for correction."""

    to: str
    path: str
    person: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The initiator took the submission back; it is an editable draft again."""

    person: str


@dataclass(frozen=True, slots=True)
class CaseEnded:
    """No token is left, or somebody ended it: `approved`, `rejected` or `terminated`."""

    state: str


@dataclass(frozen=True, slots=True)
class Acted:
    """A person acted since the submission: withdrawing is over."""

    person: str


Move = (
    Submitted
    | TokenMoved
    | VisitOpened
    | TaskDone
    | TaskClaimed
    | TaskReleased
    | VisitClosed
    | ScopeOpened
    | BranchArrived
    | BranchEnded
    | ScopeClosed
    | SubtreeWithdrawn
    | NoticeGiven
    | TokenEnded
    | RulesFired
    | EffectsInverted
    | Returned
    | Withdrawn
    | CaseEnded
    | Acted
)

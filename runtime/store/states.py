"""The small numbers that stand in state and kind columns. They are stored: never renumber, only add."""

from enum import IntEnum


class RecordState(IntEnum):
    """What `s_state` of a record says."""

    #: Being written; not counted as unique, seen by its creator only.
    DRAFT = 0
    LIVE = 1
    #: A form whose case was rejected or terminated: readable, no longer in force.
    ENDED = 2


class CaseState(IntEnum):
    """State of a case (流程实例)."""

    DRAFT = 0
    RUNNING = 1
    SUSPENDED = 2
    APPROVED = 3
    REJECTED = 4
    WITHDRAWN = 5
    TERMINATED = 6


class ScopeState(IntEnum):
    """State of a split, foreach or subflow."""

    OPEN = 0
    JOINED = 1
    WITHDRAWN = 2


class VisitState(IntEnum):
    """State of one arrival at a human node."""

    OPEN = 0
    CLOSED = 1
    WITHDRAWN = 2


class TaskState(IntEnum):
    """State of one person's piece of work; OPEN is what the to-do index covers."""

    OPEN = 0
    DONE = 1
    #: Not needed any more: others decided.
    CANCELLED = 2
    #: The case went back past this visit.
    WITHDRAWN = 3
    #: Somebody else of the group claimed it; comes back if they release it.
    CLAIMED = 4


class TaskKind(IntEnum):
    """What a task asks for: work (待办) or only reading (待阅)."""

    TODO = 0
    NOTICE = 1


class Verdict(IntEnum):
    """How a task was finished."""

    APPROVED = 1
    REJECTED = 2
    COMPLETED = 3
    #: By a policy, without the person.
    PASSED = 4
    RETURNED = 5


class Outcome(IntEnum):
    """What came of a visit."""

    APPROVED = 1
    REJECTED = 2
    COMPLETED = 3
    RETURNED = 5


class OutboxState(IntEnum):
    """State of a delivery; WAITING is what the due index covers, a lease is a column of its own."""

    WAITING = 0
    DONE = 1
    #: Tried too often; only a person brings it back.
    DEAD = 2
    #: Nobody to deliver to, a channel not bound: on the record, never tried.
    SKIPPED = 3

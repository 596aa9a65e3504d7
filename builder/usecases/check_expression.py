"""Check an expression that is being written, and try it on sample values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from builder.edits.scopes import standpoint
from builder.usecases.named_draft import named_draft
from builder.words.expression_check import Report, examine
from builder.words.expression_sample import Input, Result, Sample, SamplePorts
from builder.words.name_words import Labels
from runtime.fields.field_type import Reading
from runtime.language.app import Dictionary
from runtime.language.lint.scope import Scope
from runtime.running.context import Clock
from runtime.store.reading import reading
from runtime.store.session import Session


@dataclass(frozen=True, slots=True)
class Tried:
    """What was found, and what the expression gives."""

    report: Report
    inputs: tuple[Input, ...]
    result: Result


def check_expression(
    *,
    session: Session,
    clock: Clock,
    actor: int,
    app: str,
    scope: str,
    want: str,
    source: str,
    sample: Mapping[str, str],
) -> Tried:
    """Return what is to be said of `source` at a place of a draft; `sample` are values by path.

    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        who, found, _ = named_draft(tx, actor=actor, app=app)
        at = standpoint(found, scope)
        report = examine(source, want, at)
        ports = SamplePorts(
            reading=Reading(who.directory, _dictionaries(found), clock.zone),
            moment=clock.moment,
            calendar=_no_calendar,
            initiator=who.person.code,
            current_user=who.person.code,
        )
        trial = Sample(report, Labels(at), ports, sample)
        trial.collect()
        return Tried(report, tuple(trial.inputs.values()), trial.result(want))


def _dictionaries(scope: Scope) -> Callable[[str], Dictionary | None]:
    return scope.dictionary


def _no_calendar(first: date, last: date) -> int:
    """Never asked: what needs the calendar is told to be known at run time."""
    del first, last
    return 0

"""Read a condition into rows of the builder, and write rows as an expression."""

from collections.abc import Mapping
from typing import Any

from builder.edits.conditions import NoRows, rows_of, text_of
from builder.usecases.designing import designer
from runtime.language.expressions import ExpressionError
from runtime.language.refusal import Refused
from runtime.language.speech import _
from runtime.store.reading import reading
from runtime.store.session import Session


def read_rows(*, session: Session, actor: int, source: str) -> tuple[dict[str, Any] | None, str]:
    """Return the rows of an expression, or None and why there are none.

    :raises Forbidden: if the person may not design apps.
    """
    with reading(session) as tx:
        designer(tx, actor=actor)
    try:
        return rows_of(source), ""
    except NoRows as error:
        return None, _("“%(what)s”不能用条件行表示，请在表达式中编辑。", what=str(error)[:80])
    except ExpressionError as error:
        return None, error.problem.message


def write_rows(*, session: Session, actor: int, rows: Mapping[str, Any]) -> tuple[str | None, str]:
    """Return the expression of rows, or None and what is unfinished or wrong in them.

    :raises Forbidden: if the person may not design apps.
    """
    with reading(session) as tx:
        designer(tx, actor=actor)
    try:
        return text_of(rows), ""
    except Refused as error:
        return None, error.message

"""Conditions written in definitions, on the rows of a table: as SQL."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement

from runtime.language.expressions import Env, Expression, Names
from runtime.language.expressions.subset import filter_of
from runtime.running.access import codes
from runtime.running.context import Context
from runtime.store.entity_tables import EntityTable
from runtime.store.filter_sql import filter_clause


def row_condition(
    context: Context, tree: Expression, *, there: EntityTable, names: Names, env: Env
) -> ColumnElement[bool]:
    """Return the condition on rows of `there`; whatever of it reads no row is computed first, with `env`.

    :raises ExpressionError: if no database can test it, which the lint would have told.
    :raises EvaluationError: if what is computed first cannot be.
    """
    condition = filter_of(tree, names=names)
    columns: Mapping[str, Any] = there.names
    return filter_clause(condition, columns=columns, values=condition.values(env), codes=codes(context))

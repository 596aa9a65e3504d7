"""Offer the names that may be written in an expression, and the functions."""

from typing import Any

from builder.edits.scopes import standpoint
from builder.usecases.named_draft import named_draft
from builder.words.name_tree import function_list, name_tree
from runtime.store.reading import reading
from runtime.store.session import Session


def offer_names(*, session: Session, actor: int, app: str, scope: str) -> dict[str, Any]:
    """Return `groups` of names and `functions` for a place of a draft; an unknown place has no fields.

    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        _, found, _ = named_draft(tx, actor=actor, app=app)
        at = standpoint(found, scope)
        return {
            "groups": name_tree(at),
            "functions": function_list(),
            "template": at.template,
            "subset": at.subset,
        }

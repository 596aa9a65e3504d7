"""Put expressions of a draft into words, many at once."""

from collections.abc import Iterable

from builder.edits.scopes import standpoint
from builder.usecases.named_draft import named_draft
from builder.words.expression_words import expression_words
from builder.words.name_words import Labels
from runtime.store.reading import reading
from runtime.store.session import Session


def word_expressions(
    *, session: Session, actor: int, app: str, items: Iterable[tuple[str, str]]
) -> tuple[str, ...]:
    """Return words for each pair of place and source; what cannot be read is its source in 「」.

    :raises NotFound: if there is no such app.
    """
    with reading(session) as tx:
        _, found, _ = named_draft(tx, actor=actor, app=app)
        places: dict[str, Labels] = {}
        words = []
        for scope, source in items:
            if scope not in places:
                places[scope] = Labels(standpoint(found, scope))
            words.append(expression_words(source, places[scope]) if source.strip() else "")
        return tuple(words)

"""Remember the language in which somebody wants to see the product's pages."""

from runtime.store import accounts
from runtime.store.session import Session
from runtime.store.transaction import transaction


def choose_language(*, session: Session, actor: int, language: str) -> None:
    """Keep the language with the person, so that every browser they log in from shows it."""
    with transaction(session) as tx:
        accounts.set_locale(tx, actor, locale=language)

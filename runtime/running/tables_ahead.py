"""The tables into which an action on a form may write new records, before it is known which action it is."""

from runtime.packs import world
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session


def tables_ahead(tx: Session, form: str) -> tuple[EntityTable, ...]:
    """Return the tables that rules of the form's flows ("pack/form") create single records in.

    As this process knows them; nothing is asked of the database. An id drawn in vain is a gap, no harm.
    """
    known = world.kept(tx)
    pack, _, code = form.partition("/")
    if known is None or pack not in known[1].apps:
        return ()
    found = (entity_tables.guess(tx, path) for path in known[1].app(pack).creates.get(code, ()))
    return tuple(there for one in found if one and one[0] == known[0] for there in [one[1]])

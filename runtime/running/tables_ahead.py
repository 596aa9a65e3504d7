"""The tables into which an action on a form may write new records, before it is known which action it is."""

from weakref import WeakKeyDictionary

from runtime.packs import world
from runtime.packs.world import World
from runtime.store import entity_tables
from runtime.store.entity_tables import EntityTable
from runtime.store.session import Session

#: By form, for each state of the installation.
_FOUND: WeakKeyDictionary[World, dict[str, tuple[EntityTable, ...]]] = WeakKeyDictionary()


def tables_ahead(tx: Session, form: str) -> tuple[EntityTable, ...]:
    """Return the tables that rules of the form's flows ("pack/form") create single records in.

    As this process knows them; nothing is asked of the database. An id drawn in vain is a gap, no harm.
    """
    known = world.kept(tx)
    if known is None:
        return ()
    number, apps = known
    of_forms = _FOUND.setdefault(apps, {})
    if form not in of_forms:
        pack, _, code = form.partition("/")
        paths = apps.app(pack).creates.get(code, ()) if pack in apps.apps else ()
        tables = [entity_tables.guess(tx, path) for path in paths]
        if any(one is None or one[0] != number for one in tables):
            return ()  # the tables are being read anew: it is asked again then
        of_forms[form] = tuple(one[1] for one in tables if one)
    return of_forms[form]

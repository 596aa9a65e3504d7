"""The whole site, and the small house on both databases."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from builder.usecases.designing import DESIGNERS
from runtime.running.context import Clock
from runtime.store import directory as directories
from runtime.store.reading import reading
from runtime.usecases.set_roles import set_roles
from tests.usecases.conftest import _made, filled, house, session
from tests.web.conftest import _built, site
from tests.web.site import Browser, Site

__all__ = ["_built", "_made", "designer", "filled", "house", "session", "site"]


@pytest.fixture
def designer(site: Site) -> Browser:
    """A sales representative who may design apps."""
    with site.session() as tx:
        with reading(tx):
            directory = directories.today(tx)
        admin, person = directory.person("admin"), directory.person("u052")
        assert admin
        assert person
        roles = {code for code in directory.roles if "u052" in directory.members(code)} | {DESIGNERS}
        clock = Clock(datetime(2026, 1, 2, tzinfo=UTC))
        set_roles(session=tx, clock=clock, actor=admin.id, person=person.id, roles=roles)
    return site.browser("u052")

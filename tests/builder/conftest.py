"""The whole site, and the small house on both databases."""

from __future__ import annotations

from tests.usecases.conftest import _made, filled, house, session
from tests.web.conftest import _built, site

__all__ = ["_built", "_made", "filled", "house", "session", "site"]

"""A wing of the site: pages that another package adds, as the builder does."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint

from runtime.usecases.open_menu import Menu
from runtime.web.views.common import Link


@dataclass(frozen=True, slots=True)
class Wing:
    """What a package adds."""

    pages: tuple[Blueprint, ...]
    #: Folder of its translations.
    catalogs: Path
    #: Heading above its entries in the navigation, in the language of the request.
    name: Callable[[], str]
    #: Its entries in somebody's navigation; none if they may not open them.
    entries: Callable[[Menu], tuple[Link, ...]]

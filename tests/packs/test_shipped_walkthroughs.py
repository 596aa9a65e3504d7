"""Every walk-through of every shipped pack, on both databases.

One test plays all of a pack: building its stage takes longer than playing on it.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import pytest

from runtime.running.context import Clock
from runtime.walkthroughs.play import play
from runtime.walkthroughs.stage import Stages
from runtime.walkthroughs.tell import lines
from runtime.walkthroughs.throwaway import SqliteFile, Throwaway
from tests.needs import needs_postgres
from tests.packs.packs import SHIPPED, company, loaded
from tests.packs.postgres_copy import postgres_copy

Database = Callable[[Path], AbstractContextManager[Throwaway]]
DATABASES = [
    pytest.param(lambda folder: nullcontext(SqliteFile(folder)), id="sqlite"),
    pytest.param(lambda _: postgres_copy(), id="postgresql", marks=needs_postgres),
]


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("pack", SHIPPED, ids=lambda path: path.name)
def test_every_walkthrough_goes_as_written(pack: Path, database: Database, tmp_path: Path) -> None:
    app, _ = loaded(pack)
    with database(tmp_path) as place:
        stages = Stages(company(pack), database=place, folder=tmp_path)
        stories = [play(app, one, stages, now=Clock.now()) for one in app.walkthroughs]
    assert stories
    assert [list(lines(one)) for one in stories if one.failed or not one.told] == []

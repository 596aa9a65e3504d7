"""`make bench`: the floor, SpiffWorkflow and the product in one run, interleaved, on PostgreSQL."""

import argparse
import json
import sys
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from bench import expressions, postgres
from bench.designer import chromium, measure_designer
from bench.measure import measure_w1, measure_w2
from bench.ours import Ours
from bench.peer import Peer, load
from bench.report import FLOOR, OURS, SPIFF, Results, flat, table
from bench.workload import expenses

DESIGNER = "designer"
LATEST = Path(__file__).parent / "latest.json"
#: Expenses of the untimed pass that counts statements; half of them take the longer path.
COUNTED = 20


def main(arguments: list[str] | None = None) -> None:
    """Measure, print the table, write the object."""
    options = _options(arguments)
    started = time.monotonic()
    version = postgres.use_server()
    with postgres.fresh_databases(FLOOR, SPIFF, OURS, DESIGNER) as databases:
        ours = Ours(postgres.url(databases[OURS]))
        peers: Mapping[str, Peer] = {
            FLOOR: load("peer_raw", database=databases[FLOOR], variant="pipeline"),
            SPIFF: load("peer_spiff", database=databases[SPIFF], variant="full"),
            OURS: ours,
        }
        ours.setup()
        ours.open()
        results = _measure(peers, ours, options, version)
        _check_ledgers(databases, ours)
        ours.close()
        if chromium():
            _say("designer …")
            results = replace(results, designer=measure_designer(postgres.url(databases[DESIGNER])))
    print(table(results))
    print(f"\n{time.monotonic() - started:.0f} s", file=sys.stderr)
    text = json.dumps(flat(results, today=datetime.now(UTC).date()), indent=2, ensure_ascii=False)
    options.out.write_text(text + "\n", encoding="utf-8")


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--cycles", type=int, default=100, help="turns of every peer in W1")
    parser.add_argument("--instances", type=int, default=4, help="expenses a turn")
    parser.add_argument("--signings", type=int, default=15, help="turns of every peer in W2")
    parser.add_argument("--out", type=Path, default=LATEST, help="where the flat JSON object goes")
    return parser.parse_args(arguments)


def _measure(peers: Mapping[str, Peer], ours: Ours, options: argparse.Namespace, version: str) -> Results:
    _say("W1 …")
    w1 = measure_w1(peers, cycles=options.cycles, instances=options.instances)
    before = ours.sent()
    actions = len(expenses(ours, first=1, count=COUNTED))
    after = ours.sent()
    _say("W2 …")
    w2 = measure_w2(peers, cycles=options.signings, small=6, slow=frozenset({SPIFF}))
    _say("expressions …")
    return Results(
        w1=w1,
        w2=w2,
        statements=(after.statements - before.statements) / actions,
        round_trips=(after.round_trips - before.round_trips) / actions,
        simple=expressions.simple_over_python(),
        sum20=expressions.sum20_over_python(),
        postgresql=version,
    )


def _check_ledgers(databases: Mapping[str, str], ours: Ours) -> None:
    """See that everybody booked every expense: who skips work is not fast."""
    booked = {OURS: ours.booked()}
    for name in (FLOOR, SPIFF):
        with psycopg.connect(f"dbname={databases[name]}") as connection:
            row = connection.execute("select count(*) from ledger").fetchone()
            booked[name] = row[0] if row else 0
    booked[OURS] -= COUNTED
    if len(set(booked.values())) != 1:
        raise SystemExit(f"the peers booked different numbers of expenses: {booked}")


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()

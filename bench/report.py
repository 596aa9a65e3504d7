"""What was measured, as a flat object for programs and as a table for people."""

import os
import platform
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bench.designer import Reaction
from bench.measure import LARGE, SMALL, Actions, Signings, percentile, ratio

FLOOR, SPIFF, OURS = "floor", "spiff", "ours"
NAMES = {
    FLOOR: "floor: the same rows in psycopg's pipeline",
    SPIFF: "SpiffWorkflow 3.2, as documented",
    OURS: "Biaoliu, through its use cases",
}


@dataclass(frozen=True, slots=True)
class Results:
    """One run."""

    w1: Mapping[str, Actions]
    w2: Mapping[str, Signings]
    #: Mean per user action, without BEGIN and COMMIT.
    statements: float
    round_trips: float
    #: Expressions over the same arithmetic in plain Python.
    simple: float
    sum20: float
    postgresql: str
    #: Form and flow designer in a browser; empty where there is no Chromium.
    designer: Mapping[str, Reaction] = field(default_factory=dict)


def flat(results: Results, *, today: date) -> dict[str, float | int | str]:
    """Return the object that is written to `latest.json`; ratios have no unit."""
    w1, w2 = results.w1, results.w2
    floor, ours = w2[FLOOR], w2[OURS]
    numbers = {
        "W1.action_over_floor": ratio(w1[OURS].means(), w1[FLOOR].means()),
        "W1.spiff_over_floor": ratio(w1[SPIFF].means(), w1[FLOOR].means()),
        "W1.statements": results.statements,
        "W1.p99_over_p50": w1[OURS].tail(),
        "W2.k500_over_k10": ratio(ours.large, ours.small),
        "W2.k500_over_floor": ratio(ours.large, floor.large),
        "W2.start_k500_over_floor": ratio(ours.start_large, floor.start_large),
        "expr.simple_over_python": results.simple,
        "expr.sum20_over_python": results.sum20,
    }
    for name, reaction in results.designer.items():
        numbers |= {
            f"designer.{name}_ms": reaction.confirmed,
            f"designer.{name}_visible_ms": reaction.visible,
        }
    machine: dict[str, float | int | str] = {
        "machine.cpu": _cpu(),
        "machine.cores": os.cpu_count() or 1,
        "machine.python": platform.python_version(),
        "machine.postgresql": results.postgresql,
        "date": today.isoformat(),
    }
    return {**{name: round(number, 3) for name, number in numbers.items()}, **machine}


def table(results: Results) -> str:
    """Return the report in markdown: times in milliseconds, ratios to the floor of the same cycle."""
    cost = f"{results.statements:.1f} statements and {results.round_trips:.1f} round trips"
    w1 = [_w1_cells(name, results.w1) for name in results.w1]
    w2 = [_w2_cells(name, results.w2) for name in results.w2]
    return "\n".join(
        [
            "### W1: expense approval, one transaction per user action",
            "",
            *_lines(["", "mean ÷ floor", "quartiles", "p50 ms", "p99 ms", "p99 ÷ p50"], w1),
            "",
            f"{NAMES[OURS]}: {cost} an action, besides BEGIN and COMMIT.",
            "",
            "### W2: one approval of an instance that k people sign",
            "",
            *_lines(
                ["", f"k={SMALL} ms", f"k={LARGE} ms", "growth", "÷ floor", f"start k={LARGE} ms", "÷ floor"],
                w2,
            ),
            "",
            "### Expressions ÷ the same arithmetic in plain Python",
            "",
            *_lines(["simple", "sum of 20 rows"], [[f"{results.simple:.2f}", f"{results.sum20:.2f}"]]),
            "",
            *_designer_lines(results.designer),
        ]
    )


def _designer_lines(designer: Mapping[str, Reaction]) -> list[str]:
    if not designer:
        return ["The designer was not measured: there is no Chromium here."]
    head = ["", "visible ms, p95", "confirmed ms, p95"]
    named = {"form": "a field moved, of 200", "flow": "a node moved, of 200"}
    rows = [[named[name], f"{one.visible:.0f}", f"{one.confirmed:.0f}"] for name, one in designer.items()]
    return ["### Designer in a browser on this machine", "", *_lines(head, rows)]


def _w1_cells(name: str, w1: Mapping[str, Actions]) -> list[str]:
    one, floor = w1[name], w1[FLOOR].means()
    ratios = [mine / least for mine, least in zip(one.means(), floor, strict=True)]
    return [
        NAMES[name],
        f"{ratio(one.means(), floor):.2f}",
        f"{percentile(ratios, 25):.2f} to {percentile(ratios, 75):.2f}",
        _ms(one.percentile(50)),
        _ms(one.percentile(99)),
        f"{one.tail():.2f}",
    ]


def _w2_cells(name: str, w2: Mapping[str, Signings]) -> list[str]:
    one, floor = w2[name], w2[FLOOR]
    return [
        NAMES[name],
        _ms(percentile(one.small, 50)),
        _ms(percentile(one.large, 50)),
        f"{ratio(one.large, one.small):.2f}",
        f"{ratio(one.large, floor.large):.2f}",
        _ms(percentile(one.start_large, 50)),
        f"{ratio(one.start_large, floor.start_large):.2f}",
    ]


def _ms(seconds: float) -> str:
    return f"{seconds * 1e3:.3f}"


def _lines(head: list[str], rows: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in [head, ["---"] * len(head), *rows]]


def _cpu() -> str:
    """Return the processor's own name where the system tells it."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())

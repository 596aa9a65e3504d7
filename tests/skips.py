"""Pytest plugin: nothing is skipped in silence.

Tests whose need (tests/needs.py) is not met are skipped; the summary names every need that was missing and
how to get it. With `REQUIRE_ALL=1` any skip, for whatever reason, is a failure.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Generator

import pytest

from tests.needs import NEEDS, Need


def pytest_configure(config: pytest.Config) -> None:
    """Register one mark per need."""
    for need in NEEDS:
        config.addinivalue_line("markers", f"{need.mark}: {need.meaning}")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip what this machine cannot run."""
    for need in NEEDS:
        marked = [item for item in items if item.get_closest_marker(need.mark)]
        if marked and not need.is_met():
            for item in marked:
                item.add_marker(pytest.mark.skip(reason=_reason(need)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skipped test into a failed one where everything is required."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _everything_is_required():
        _fail(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Turn a skipped module into an error where everything is required."""
    report = yield
    if report.skipped and _everything_is_required():
        _fail(report)
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name each need that was missing, how many tests it cost and how to get it."""
    reasons = Counter(_said(report) for report in terminalreporter.stats.get("skipped", []))
    missing = [(need, reasons[_reason(need)]) for need in NEEDS if reasons[_reason(need)]]
    if not missing:
        return
    terminalreporter.section("skipped, because this machine lacks")
    for need, tests in missing:
        terminalreporter.line(f"{need.mark}: {tests} tests. To get it: {need.how_to_get_it}")
    terminalreporter.line("REQUIRE_ALL=1 makes every skip a failure.")


def _everything_is_required() -> bool:
    return os.environ.get("REQUIRE_ALL") == "1"


def _reason(need: Need) -> str:
    return f"needs {need.mark}"


def _said(report: pytest.TestReport) -> str:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    return reason.removeprefix("Skipped: ")


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    report.outcome = "failed"
    report.longrepr = f"REQUIRE_ALL=1, and this did not run. {reason}"

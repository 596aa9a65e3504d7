"""Pytest plugin: what tests want known beyond passing, at the end of the run; also from other workers."""

from __future__ import annotations

from collections.abc import Callable

import pytest

_TOLD = "told"


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Return a function that keeps a line for the end of the run."""
    return lambda line: record_property(_TOLD, line)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the lines of the tests that passed."""
    passed = terminalreporter.stats.get("passed", [])
    lines = [str(line) for report in passed for name, line in report.user_properties if name == _TOLD]
    if lines:
        terminalreporter.section("told by tests")
    for line in sorted(lines):
        terminalreporter.line(line)

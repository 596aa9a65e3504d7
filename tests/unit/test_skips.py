"""A test that did not run is named, and fails where everything is required."""

from __future__ import annotations

import pytest

NEEDY = """
import pytest

@pytest.mark.browser
def test_in_a_browser(): ...

def test_anywhere(): ...
"""


@pytest.fixture
def session(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """An empty test session on a machine without a browser."""
    monkeypatch.setenv("BIAOLIU_TEST_CHROMIUM", "/there/is/none")
    monkeypatch.delenv("REQUIRE_ALL", raising=False)
    return pytester


def test_the_summary_names_what_was_missing_and_how_to_get_it(session: pytest.Pytester) -> None:
    session.makepyfile(NEEDY)

    result = session.runpytest("-p", "tests.skips")

    result.assert_outcomes(passed=1, skipped=1)
    result.stdout.fnmatch_lines(["*this machine lacks*", "browser: 1 tests. To get it: *chromium*"])
    assert result.ret == 0


def test_a_missing_need_is_a_failure_where_everything_is_required(
    session: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    session.makepyfile(NEEDY)

    result = session.runpytest("-p", "tests.skips")

    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["*did not run*needs browser*"])


@pytest.mark.parametrize(
    "source",
    [
        "import pytest\ndef test_gives_up(): pytest.skip('not today')",
        "import pytest\n@pytest.fixture\ndef it(): pytest.skip('not today')\ndef test_with_it(it): ...",
        "import pytest\npytest.skip('not today', allow_module_level=True)",
    ],
    ids=["in the test", "in a fixture", "in the module"],
)
def test_any_other_skip_is_a_failure_too(
    source: str, session: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    session.makepyfile(source)

    result = session.runpytest("-p", "tests.skips")

    assert result.ret != 0
    result.stdout.fnmatch_lines(["*did not run*not today*"])


def test_an_expected_failure_is_no_skip(session: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUIRE_ALL", "1")
    session.makepyfile("import pytest\n@pytest.mark.xfail(reason='known')\ndef test_known(): assert False")

    result = session.runpytest("-p", "tests.skips")

    result.assert_outcomes(xfailed=1)
    assert result.ret == 0

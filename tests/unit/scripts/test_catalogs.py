"""Catalogs hold the words that are said, in order, with what was translated before."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts import catalogs
from scripts.catalogs import Wing

HEAD = '# English words.\nmsgid ""\nmsgstr ""\n"Language: en\\n"\n'


def wing(root: Path, name: str, said: str, catalog: str, labels: tuple[str, ...] = ()) -> Wing:
    """Return a wing with one module that says `said` and a catalog with these entries."""
    sources = root / name
    one = Wing(name, sources, sources / "translations", lambda: labels)
    one.catalog("en").parent.mkdir(parents=True)
    (sources / "page.py").write_text(said, encoding="utf-8")
    one.catalog("en").write_text(f"{HEAD}\n{catalog}", encoding="utf-8")
    return one


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Wing, ...]:
    """Two wings: one complete, one with an old word, a new one and one that the first says too."""
    first = wing(tmp_path, "first", '_("保存")', 'msgid "保存"\nmsgstr "Save"\n')
    second = wing(
        tmp_path,
        "second",
        '_("保存"), _l("第 %(n)s 行", n=1), _("新的")',
        'msgid "旧的"\nmsgstr "Old"\n\nmsgid "新的"\nmsgstr "New"\n',
    )
    monkeypatch.setattr(catalogs, "WINGS", (first, second))
    return first, second


def test_new_words_enter_old_ones_leave_and_shared_ones_are_said_alike(two: tuple[Wing, ...]) -> None:
    assert catalogs.main([]) == 0

    assert two[1].catalog("en").read_text(encoding="utf-8") == (
        f'{HEAD}\nmsgid "保存"\nmsgstr "Save"\n\nmsgid "新的"\nmsgstr "New"\n\n'
        '#, python-format\nmsgid "第 %(n)s 行"\nmsgstr ""\n'
    )
    assert two[0].catalog("en").read_text(encoding="utf-8").startswith(HEAD)


def test_what_lacks_a_translation_or_has_other_holes_is_named(
    two: tuple[Wing, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    catalogs.main([])
    assert "second en: 第 %(n)s 行 – lacks a translation" in capsys.readouterr().out

    path = two[1].catalog("en")
    path.write_text(path.read_text(encoding="utf-8").replace('行"\nmsgstr ""', '行"\nmsgstr "row %(m)s"'))
    assert catalogs.main(["--check"]) == 1
    assert "has other holes: row %(m)s" in capsys.readouterr().out


def test_a_check_writes_nothing_and_passes_once_all_is_translated(two: tuple[Wing, ...]) -> None:
    path = two[1].catalog("en")
    before = path.read_text(encoding="utf-8")
    assert catalogs.main(["--check"]) == 1
    assert path.read_text(encoding="utf-8") == before

    catalogs.main([])
    path.write_text(path.read_text(encoding="utf-8").replace('行"\nmsgstr ""', '行"\nmsgstr "row %(n)s"'))
    assert catalogs.main(["--check"]) == 0

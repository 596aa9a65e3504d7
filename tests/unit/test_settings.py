"""Settings have defaults that run, and a secret that is made once."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from environs import EnvError

from runtime.settings import read_settings

#: Every variable that is documented.
_NAMES = tuple(re.findall(r"\b[A-Z]+(?:_[A-Z]+)*\b", str(read_settings.__doc__).partition("Variables:")[2]))


@pytest.fixture(autouse=True)
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the environment say nothing but where `var` is."""
    for name in _NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "var"))
    return tmp_path / "var"


def test_without_anything_said_there_is_a_database_file_and_a_folder(var: Path) -> None:
    settings = read_settings()

    assert settings.database_url == f"sqlite:///{var}/biaoliu.db"
    assert settings.files_dir == var / "files"
    assert (settings.redis_url, settings.demo, settings.max_file_mb) == (None, False, 50)
    assert (settings.https, settings.proxies) == (False, 0)
    assert settings.time_zone.key == "Asia/Shanghai"


def test_the_secret_is_made_once_and_only_ours_to_read(var: Path) -> None:
    first, second = read_settings().secret_key, read_settings().secret_key

    assert first == second
    assert len(first) >= 43
    assert stat.S_IMODE((var / "secret_key").stat().st_mode) == 0o600
    assert [one.name for one in var.iterdir()] == ["secret_key"]


def test_what_the_environment_says_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    said = {
        "DATABASE_URL": "postgresql://db/biaoliu",
        "REDIS_URL": "redis://cache/0",
        "FILES_DIR": str(tmp_path / "elsewhere"),
        "SECRET_KEY": "s",
        "TIME_ZONE": "UTC",
        "DEMO": "true",
        "MAX_FILE_MB": "7",
        "HTTPS": "true",
        "TRUSTED_PROXIES": "2",
    }
    assert {"VAR_DIR", *said} == set(_NAMES)
    for name, value in said.items():
        monkeypatch.setenv(name, value)

    settings = read_settings()

    assert settings.database_url == "postgresql://db/biaoliu"
    assert settings.redis_url == "redis://cache/0"
    assert settings.files_dir == tmp_path / "elsewhere"
    assert (settings.secret_key, settings.time_zone.key, settings.demo, settings.max_file_mb) == (
        "s",
        "UTC",
        True,
        7,
    )
    assert (settings.https, settings.proxies) == (True, 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("MAX_FILE_MB", "0"),
        ("MAX_FILE_MB", "many"),
        ("DEMO", "perhaps"),
        ("TIME_ZONE", "Mars/Base"),
        ("HTTPS", "perhaps"),
        ("TRUSTED_PROXIES", "-1"),
        ("TRUSTED_PROXIES", "many"),
    ],
)
def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(EnvError, match=name):
        read_settings()

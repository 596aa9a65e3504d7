"""What an installation says of itself, in environment variables; everything has a default that runs."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from environs import Env
from marshmallow import validate

_SECRET_BYTES = 32
_IS_ZONE = validate.OneOf(available_timezones(), error="Expected a time zone such as Asia/Shanghai.")


@dataclass(frozen=True, slots=True)
class Settings:
    """One installation's settings. `VAR_DIR` holds what must survive: database file, files, secret key."""

    var_dir: Path
    #: SQLAlchemy URL: SQLite in `var_dir` unless given.
    database_url: str
    #: Without Redis the embedded thread delivers, and limits are counted per process.
    redis_url: str | None
    files_dir: Path
    #: Signs sessions; made once and kept in `var_dir` unless given.
    secret_key: str
    #: What people mean by "today"; timestamps are stored in UTC.
    time_zone: ZoneInfo
    #: Demo people with a shown password, demo rows.
    demo: bool
    max_file_mb: int
    #: People reach it over TLS: cookies are never sent without, and browsers are told to stay with it.
    https: bool = False
    #: How many proxies in front are believed what they say of the address of a request.
    proxies: int = 0


def read_settings() -> Settings:
    """Return the settings of the environment; makes `VAR_DIR` and the secret key where they are missing.

    Variables: VAR_DIR, DATABASE_URL, REDIS_URL, FILES_DIR, SECRET_KEY, TIME_ZONE, DEMO, MAX_FILE_MB, HTTPS,
    TRUSTED_PROXIES.

    :raises environs.EnvError: if a variable has no legal value; names it.
    """
    env = Env()
    var_dir = Path(env.str("VAR_DIR", "var")).resolve()
    var_dir.mkdir(parents=True, exist_ok=True)
    return Settings(
        var_dir=var_dir,
        database_url=env.str("DATABASE_URL", "") or f"sqlite:///{var_dir / 'biaoliu.db'}",
        redis_url=env.str("REDIS_URL", "") or None,
        files_dir=Path(env.str("FILES_DIR", "") or var_dir / "files").resolve(),
        secret_key=env.str("SECRET_KEY", "") or _kept_secret(var_dir / "secret_key"),
        time_zone=ZoneInfo(env.str("TIME_ZONE", "Asia/Shanghai", validate=_IS_ZONE)),
        demo=env.bool("DEMO", False),
        max_file_mb=env.int("MAX_FILE_MB", 50, validate=validate.Range(min=1)),
        https=env.bool("HTTPS", False),
        proxies=env.int("TRUSTED_PROXIES", 0, validate=validate.Range(min=0)),
    )


def _kept_secret(path: Path) -> str:
    """Return the installation's secret, made the first time; only this user may read it.

    It appears under its name complete or not at all, so that two processes starting at once agree.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(_SECRET_BYTES), encoding="ascii")
        try:
            path.hardlink_to(draft)
        except FileExistsError:
            pass  # another process was faster: its secret counts
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii")

"""How often somebody may ask: a ceiling for scripts gone wild, far above what people do."""

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import current_user

#: Of one person (or address, before log-in), over everything but static files.
EVERYTHING = "1200 per minute"
#: Log-in forms from one address. Attempts on one account are counted apart, see `usecases/log_in.py`.
LOG_INS = "60 per minute"
#: Files sent by one person.
UPLOADS = "120 per minute"


def _who() -> str:
    if current_user and current_user.is_authenticated:
        return f"person {current_user.get_id()}"
    return get_remote_address()


limiter = Limiter(key_func=_who, default_limits=[EVERYTHING], default_limits_exempt_when=lambda: False)


def limit(app: Flask, *, storage: str) -> None:
    """Count requests in `storage`: a Redis URL, or `memory://` for one process.

    Losing Redis must not stop the business: then each process counts for itself.
    """
    app.config.update(
        RATELIMIT_STORAGE_URI=storage,
        RATELIMIT_STRATEGY="fixed-window",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=storage != "memory://",
        RATELIMIT_HEADERS_ENABLED=False,
    )
    limiter.init_app(app)

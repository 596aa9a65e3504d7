"""The one place where pages ask what time it is."""

from datetime import tzinfo

from flask import current_app

from runtime.running.context import Clock


def zone() -> tzinfo:
    """Return the installation's time zone."""
    found: tzinfo = current_app.config["ZONE"]
    return found


def clock() -> Clock:
    """Return the clock as it stands, in the installation's zone."""
    return Clock.now(zone())

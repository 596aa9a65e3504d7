"""What every test shares: skips that are named, and hypothesis settings that suit a shared machine."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.skips", "tests.told", "pytester"]

settings.register_profile(
    "biaoliu",
    # A deadline and a health check measure the machine, not the product.
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    max_examples=int(os.environ.get("BIAOLIU_TEST_EXAMPLES", "50")),
    print_blob=True,
)
settings.load_profile("biaoliu")

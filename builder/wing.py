"""What the builder adds to the site."""

from pathlib import Path

from builder.web.navigation import entries, heading
from builder.web.routes import BLUEPRINTS
from runtime.web.wing import Wing

WING = Wing(
    pages=BLUEPRINTS,
    catalogs=Path(__file__).parent / "web" / "translations",
    name=heading,
    entries=entries,
)

"""Packs: read folders and zips, check, install, run walk-throughs."""

"""Designs what the runtime runs: edits of drafts, export and comparison of packs."""

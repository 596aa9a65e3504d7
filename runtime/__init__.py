"""Runs what consultants designed: entities, forms, flows, rules and packs."""

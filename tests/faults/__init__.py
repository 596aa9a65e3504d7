"""Faults on purpose: processes killed, servers gone, two clicks at once."""

"""Measures the product beside its floor and a peer. Runs from the source tree only: `make bench`."""

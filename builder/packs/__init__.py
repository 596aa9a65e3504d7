"""Packs as the builder gives them away."""

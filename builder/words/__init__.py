"""Definitions in the words of the people who use them."""

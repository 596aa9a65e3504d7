"""Marshmallow schemas between documents (plain values) and the language's values."""

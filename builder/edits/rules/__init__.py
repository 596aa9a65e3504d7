"""Edits of rules that are more than one value: their trigger, their action, what they write."""

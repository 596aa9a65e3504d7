"""Edits of drafts: small pure functions from documents to documents. No database, no clock, no framework."""

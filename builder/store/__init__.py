"""Drafts of apps in the database: what differs from the release, revision by revision."""

"""A field under another code: every use of it in an app, found by what names mean where they stand."""

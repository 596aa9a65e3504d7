"""The designer on a whole site: its use cases and pages."""

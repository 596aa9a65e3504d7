"""The database: fixed tables, entity tables, repositories. Nothing in here commits but `transaction.py`."""

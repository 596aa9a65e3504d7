"""Pages without a database: the frame, the templates and the scripts, with sample values."""

"""What use cases stand on: today's organisation and apps, the clock, the engine's ports on a database."""

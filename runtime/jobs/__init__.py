"""What happens after the commit: draining the outbox, and the alarm clocks that say when."""

"""What people and the clock can do: one function, one transaction, one module each."""

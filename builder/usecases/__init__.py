"""What designers do: one module, one function, one transaction each."""

"""Commands of the builder, one module for each."""

"""The interpreter of flows: pure, path-local, the same code live, in tests and in simulation."""

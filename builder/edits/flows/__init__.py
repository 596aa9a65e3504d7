"""Edits of flows: nodes, edges, lanes, and who may do what at a node. Gestures of the canvas are edits."""

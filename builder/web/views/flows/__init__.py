"""The pages of the flow designer as their templates read them. Documents may be half finished."""

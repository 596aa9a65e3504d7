"""Two states of an app side by side: as text, in words, and three of them brought together."""

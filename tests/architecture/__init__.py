"""What keeps the house a house, as tests."""

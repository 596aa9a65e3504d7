"""Commands for those who work on the product; none of them is imported by it."""

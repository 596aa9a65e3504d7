"""What the designer's templates are given."""

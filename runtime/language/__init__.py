"""The definition language: values, schemas, expressions and checks. No I/O, no clock."""

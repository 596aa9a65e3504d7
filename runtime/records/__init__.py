"""The pure logic of one record: what is computed, asked, checked, seen and said of its values.

`compile_entity` builds a `CompiledEntity` once per release; everything else takes it with a record's values
(by field code, sub-tables as lists of rows) and answers new values, problems or text. No database, no web, no
clock: what is outside comes through the `Env` and its ports.
"""

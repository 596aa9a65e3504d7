"""The fixed tables as a whole; what each is for is tested beside the module that uses it."""

from sqlalchemy import create_engine, inspect

from runtime.store.tables import metadata


def test_every_fixed_table_can_be_made_on_an_empty_database() -> None:
    engine = create_engine("sqlite://")

    metadata.create_all(engine)

    with engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == set(metadata.tables)
    engine.dispose()

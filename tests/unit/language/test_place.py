import pytest

from runtime.language.place import Place, in_file, read_place, split_path, written


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ((), "$"),
        (("fields", 3, "type"), "$.fields[3].type"),
        ((0, "given", "pack/table"), "$[0].given.pack/table"),
        (("a b", 'say "x"', 1), '$["a b"]["say \\"x\\""][1]'),
    ],
)
def test_a_place_is_written_and_read_back(place: Place, text: str) -> None:
    assert written(place) == text
    assert read_place(text) == place


def test_a_path_in_a_pack_names_file_and_place() -> None:
    assert split_path(in_file("forms/a.yaml", ("x", 1))) == ("forms/a.yaml", ("x", 1))
    assert split_path("$.x") == ("", ("x",))
    assert split_path("forms/a.yaml $") == ("forms/a.yaml", ())

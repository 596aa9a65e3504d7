from dataclasses import dataclass

import pytest

from runtime.registry import Registry, UnknownCode


@dataclass(frozen=True)
class Fruit:
    code: str
    label: str = ""


FRUITS = Registry("水果", [Fruit("pear"), Fruit("apple"), Fruit("plum")])


def test_entries_come_in_the_order_given() -> None:
    assert FRUITS.codes() == ("pear", "apple", "plum")
    assert [fruit.code for fruit in FRUITS] == ["pear", "apple", "plum"]
    assert len(FRUITS) == 3


def test_an_entry_is_found_by_its_code() -> None:
    assert FRUITS.get("apple") == Fruit("apple")
    assert FRUITS.require("plum") == Fruit("plum")
    assert FRUITS.get("melon") is None
    assert "pear" in FRUITS
    assert "melon" not in FRUITS


def test_an_unknown_code_names_the_nearest_known_one() -> None:
    with pytest.raises(UnknownCode, match="水果 中没有 aple，是否想写 apple"):
        FRUITS.require("aple")
    assert FRUITS.nearest("zzz") is None


def test_a_code_may_be_registered_only_once() -> None:
    with pytest.raises(ValueError, match="pear is registered twice"):
        Registry("水果", [Fruit("pear"), Fruit("pear")])

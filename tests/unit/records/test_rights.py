"""Who sees, masks, fills in and must fill in what."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from runtime.language.app import Permission
from runtime.language.flow import Node, Start
from runtime.records.rights import (
    FieldRights,
    Masked,
    answerable,
    editor_rights,
    node_rights,
    reader_rights,
    row_cut,
    start_rights,
    visible_values,
)
from tests.unit.records.contract import CONTRACT, contract


def grant(*, hide: tuple[str, ...] = (), mask: tuple[str, ...] = ()) -> Permission:
    return Permission(
        who="sales_rep", on=("contract_form",), scope="own", can=("view",), hide=hide, mask=mask
    )


def test_at_the_start_everything_is_editable_but_what_nobody_types() -> None:
    editable = start_rights(CONTRACT, Start()).editable

    assert {"amount", "contact", "products", "products.qty", "phone"} <= editable
    assert not editable & {
        "contract_no", "customer_name", "secret_note", "gross", "amount_upper", "op_legal",
        "products.no", "products.product_name", "products.unit_cost",
    }  # fmt: skip


def test_a_start_may_list_what_is_editable() -> None:
    rights = start_rights(CONTRACT, Start(edit=("contact", "customer_name", "pay_nodes")))

    assert rights.editable == {
        "contact", "pay_nodes", "pay_nodes.node_name", "pay_nodes.plan_date", "pay_nodes.node_amount",
    }  # fmt: skip


def test_at_a_node_nothing_is_editable_unless_listed() -> None:
    assert node_rights(CONTRACT, Node("legal", "approve")).editable == frozenset()


def test_a_node_hides_what_it_lists_and_hidden_is_never_editable() -> None:
    rights = node_rights(
        CONTRACT, Node("n", "fill", hide=("products", "contact"), edit=("products", "contact"))
    )

    assert {"contact", "products", "products.qty", "secret_note"} <= rights.hidden
    assert rights.editable == frozenset()


def test_who_may_type_a_masked_field_sees_it() -> None:
    assert "phone" not in start_rights(CONTRACT, Start()).masked
    assert "phone" in node_rights(CONTRACT, Node("legal", "approve")).masked


def test_a_field_is_hidden_only_if_every_grant_hides_it() -> None:
    wide, narrow = grant(hide=("amount",)), grant(hide=("amount", "contact"), mask=("discount",))

    rights = reader_rights(CONTRACT, [wide, narrow])

    assert rights.hidden == {"amount", "secret_note", "products.unit_cost"}
    assert rights.masked == {"phone"}


def test_a_field_that_one_grant_masks_and_the_other_hides_is_masked() -> None:
    assert "contact" in reader_rights(CONTRACT, [grant(hide=("contact",)), grant(mask=("contact",))]).masked


def test_an_editor_edits_what_is_seen_whole() -> None:
    rights = editor_rights(CONTRACT, [grant(hide=("amount",), mask=("contact",))])

    assert "phone" in rights.editable
    assert not rights.editable & {"amount", "contact", "customer_name", "secret_note"}
    assert rights.masked == {"contact"}


def test_hidden_values_are_gone_and_masked_ones_cut() -> None:
    seen = visible_values(
        CONTRACT, contract(), rights=reader_rights(CONTRACT, [grant(mask=("customer_no",))])
    )

    assert "secret_note" not in seen
    assert "unit_cost" not in seen["products"][0]
    assert seen["phone"] == "138****1234"
    assert isinstance(seen["phone"], Masked)
    assert seen["customer_no"] == "***"
    assert "customer_no_ref" not in seen
    assert (seen["amount"], seen["products"][0]["id"]) == (Decimal(100), 11)


def test_a_hidden_sub_table_is_gone_with_all_its_rows() -> None:
    assert "products" not in visible_values(
        CONTRACT, contract(), rights=FieldRights(hidden=frozenset({"products"}))
    )


_paths = st.frozensets(st.sampled_from(sorted(answerable(CONTRACT))))


@given(
    st.builds(FieldRights, hidden=_paths, masked=_paths), st.builds(FieldRights, hidden=_paths, masked=_paths)
)
def test_two_rights_together_show_what_either_shows(one: FieldRights, other: FieldRights) -> None:
    both = one.either(other)

    assert both.hidden == one.hidden & other.hidden
    for path in both.masked:
        assert path in one.hidden | one.masked
        assert path in other.hidden | other.masked
    assert one.either(other) == other.either(one)


@given(hidden=_paths)
def test_a_hidden_value_appears_nowhere(hidden: frozenset[str]) -> None:
    values = contract(contact="秘而不宣", terms="秘而不宣")
    values["products"][0]["discount_reason"] = "秘而不宣"

    seen = visible_values(
        CONTRACT, values, rights=FieldRights(hidden=hidden | {"contact", "terms", "products"})
    )

    assert "秘而不宣" not in repr(seen)


@given(st.builds(FieldRights, hidden=_paths, masked=_paths))
def test_rows_of_a_list_are_cut_as_records_are(rights: FieldRights) -> None:
    values = contract(contact="甲", phone="13800001234")
    plain = [name for name in values if name not in CONTRACT.subtables]

    seen = visible_values(CONTRACT, values, rights=rights)
    row = row_cut(CONTRACT, [*plain, "record.id"], rights=rights)([*(values[name] for name in plain), 7])

    assert row == {name: seen[name] for name in plain if name in seen} | {"record.id": 7}
    assert [type(value) for name, value in row.items()] == [type(seen.get(name, 7)) for name in row]

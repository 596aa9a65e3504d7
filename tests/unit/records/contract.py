"""A sales contract form with products and payment nodes, the tables it refers to, and a world around it."""

# ruff: noqa: ARG002 - the world answers all that a port may be asked

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from runtime.language.app import App, Manifest
from runtime.language.entity import Entity
from runtime.language.expressions import Env
from runtime.language.field import Check, Expr, Field, SubTable
from runtime.records.compile_entity import compile_entity
from runtime.records.compiled import CompiledEntity
from runtime.records.surroundings import Surroundings
from tests.unit.fields.samples import READING

CUSTOMER = Entity(
    kind="table",
    code="customer",
    name="客户档案",
    fields=(
        Field("customer_no", "text", "客户编码"),
        Field("customer_name", "text", "客户名称"),
        Field("contact", "text", "联系人"),
        Field("stage", "select", "阶段", options={"options": ["deal", "lost"]}),
        Field("level", "text", "级别"),
    ),
)
PRODUCT = Entity(
    kind="table",
    code="product",
    name="产品目录",
    fields=(
        Field("product_no", "text", "产品编码"),
        Field("name", "text", "名称"),
        Field("list_price", "money", "标准价"),
        Field("unit_cost", "money", "成本"),
    ),
)

_PRODUCTS = SubTable(
    code="products",
    label="产品明细",
    min_rows=1,
    max_rows=600,
    fields=(
        Field("no", "integer", "序号", formula="row.index"),
        Field(
            "product_no",
            "lookup",
            "产品编码",
            required=True,
            unique=True,
            options={
                "from": "product",
                "key": "product_no",
                "filter": "list_price > 0 and form.customer_no != null and row.qty != 13",
                "fill": {"product_name": "name", "list_price": "list_price", "unit_cost": "unit_cost"},
            },
        ),
        Field("product_name", "text", "产品名称", readonly=True),
        Field("qty", "decimal", "数量", required=True, min=1, default=1),
        Field("list_price", "money", "标准价", readonly=True),
        Field("unit_cost", "money", "成本", readonly=True, hidden=True),
        Field("deal_price", "money", "成交单价", required=True),
        Field("line_total", "money", "小计", formula="row.qty * row.deal_price"),
        Field("discount_reason", "text", "折扣原因", required_if="row.deal_price < row.list_price"),
    ),
    validate=(Check("sane_price", "row.deal_price <= row.list_price * 2", "成交价不能超过标准价两倍"),),
)
_PAY_NODES = SubTable(
    code="pay_nodes",
    label="付款节点",
    fields=(
        Field("node_name", "text", "付款节点", required=True),
        Field("plan_date", "date", "计划收款日期", required=True, default="today"),
        Field("node_amount", "money", "付款金额", required=True, min=0),
    ),
)

FORM = Entity(
    kind="form",
    code="contract_form",
    name="销售合同审批表",
    title="销售合同-{customer_name}-{amount}-{secret_note}",
    fields=(
        Field("contract_no", "serial", "合同编码", options={"template": "XSHT{yyyy}{seq4}"}),
        Field(
            "customer_no",
            "lookup",
            "客户编码",
            required=True,
            options={
                "from": "customer",
                "key": "customer_no",
                "filter": "stage == 'deal'",
                "fill": {"customer_name": "customer_name", "contact": "contact"},
            },
        ),
        Field("customer_name", "text", "客户名称", readonly=True),
        Field("customer_level", "text", "客户级别", formula="lookup('customer', 'level', customer_no)"),
        Field("contact", "text", "联系人"),
        Field("phone", "phone", "电话", mask=True),
        Field("secret_note", "text", "内部备注", hidden=True),
        Field("amount", "money", "合同金额", required=True, min=Decimal("0.01")),
        Field("amount_upper", "money_upper", "合同金额（大写）", options={"of": "amount"}),
        Field("gross", "money", "毛利", formula="sum(products, row.qty * (row.deal_price - row.unit_cost))"),
        Field("gross_rate", "percent", "毛利率", formula="if(amount > 0, gross / amount, 0)"),
        Field("is_template", "boolean", "使用制式合同", default=True),
        Field("terms", "textarea", "主要条款", visible_if="is_template == false", required=True),
        Field("terms_note", "text", "条款说明", visible_if="terms != null"),
        Field("big_reason", "text", "大额说明", required_if="amount >= 1000000"),
        Field("discount", "decimal", "折扣", readonly_if="amount >= 1000000", default=Decimal(10),
              validate=(Check("discount", "discount > 0 and discount <= 10", "折扣应在 0 到 10 之间"),)),
        Field("signer", "user", "签订人", default="current_user"),
        Field("sign_dept", "department", "签订部门", default="current_department"),
        Field("sign_date", "date", "签订日期", default="today"),
        Field("until", "date", "截止日期", default=Expr("add_days(sign_date, 30)")),
        _PRODUCTS,
        _PAY_NODES,
        Field("op_legal", "opinion", "法务意见", options={"node": "legal"}),
    ),
    validations=(
        Check("plan_sum", "sum(pay_nodes.node_amount) == amount", "付款节点金额之和必须等于合同金额"),
        Check("thin", "gross_rate >= 0.1", "毛利率低于 10%", level="warn"),
        Check("signed", "contact != null", "请先填写联系人", at=("sign",)),
    ),
)  # fmt: skip

APP = App(
    manifest=Manifest(schema=1, code="sales", name="销售", version="1"), entities=(CUSTOMER, PRODUCT, FORM)
)
CONTRACT: CompiledEntity = compile_entity(APP, FORM, entities=lambda _path: None)

#: Customers by number, as the store would read them.
CUSTOMERS: Mapping[str, Mapping[str, Any]] = {"KH-1": {"level": "A"}}


@dataclass(frozen=True)
class World(Surroundings):
    """Ports over a few rows held in memory."""

    def lookup(self, *, table: str, column: str, key: Any) -> Any:
        """Only customers are known, by the full path of their table."""
        return CUSTOMERS.get(key, {}).get(column) if table == "sales/customer" else None

    def lookup_where(self, *, table: str, column: str, conditions: Mapping[str, Any]) -> Any:
        """Nothing is found."""
        return None

    def live(self, *, table: str, column: str, key: str, value: Any, ref: int | None) -> Any:
        """The customer at hand."""
        return self.lookup(table=table, column=column, key=value)

    def exists(self, *, table: str, conditions: Mapping[str, Any]) -> bool:
        """Nothing exists."""
        return False

    def aggregate(self, *, kind: str, table: str, column: str | None, conditions: Mapping[str, Any]) -> Any:
        """Nothing adds up."""
        return None

    def overlap(
        self, *, table: str, start: str, end: str, starts: Any, ends: Any, conditions: Mapping[str, Any]
    ) -> bool:
        """Nothing overlaps."""
        return False


def env(moment: datetime = datetime(2026, 11, 19, 17, 0, tzinfo=UTC)) -> Env:
    """An environment on 2026-11-20 in Shanghai; u001 acts."""
    return Env(
        ports=World(
            reading=READING,
            moment=moment,
            calendar=lambda first, last: (last - first).days + 1,
            initiator="u001",
            current_user="u001",
        )
    )


def product(id_: int | None = None, **columns: Any) -> dict[str, Any]:
    """A product row as it is stored."""
    row = {
        "id": id_,
        "no": None,
        "product_no": "P-1",
        "product_no_ref": 7,
        "product_name": "云主机",
        "qty": Decimal(2),
        "list_price": Decimal(60),
        "unit_cost": Decimal(30),
        "deal_price": Decimal(50),
        "line_total": None,
        "discount_reason": "老客户",
    }
    return row | columns


def contract(**values: Any) -> dict[str, Any]:
    """A contract that may be submitted: one product of 100, paid in two parts."""
    whole = {
        "contract_no": None,
        "customer_no": "KH-1",
        "customer_no_ref": 3,
        "customer_name": "示范商贸",
        "contact": "甲",
        "phone": "13800001234",
        "secret_note": "底价",
        "amount": Decimal(100),
        "is_template": True,
        "terms": None,
        "discount": Decimal(9),
        "signer": "u001",
        "sign_date": date(2026, 11, 20),
        "products": [product(11)],
        "pay_nodes": [
            {"id": 21, "node_name": "首付", "plan_date": date(2026, 12, 1), "node_amount": Decimal(30)},
            {"id": 22, "node_name": "尾款", "plan_date": date(2027, 1, 1), "node_amount": Decimal(70)},
        ],
    }
    return whole | values

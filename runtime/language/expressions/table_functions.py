"""Functions that read other tables, as the language offers them."""

from runtime.language.expressions import types
from runtime.language.expressions.function import Function, Param
from runtime.language.expressions.tables import (
    check_aggregate,
    check_exists,
    check_lookup,
    check_lookup_where,
    check_overlap,
    write_aggregate,
    write_exists,
    write_lookup,
    write_lookup_where,
    write_overlap,
)
from runtime.language.expressions.types import Type

FAMILY = "查表"
_TABLE = Param("底表")
_COLUMN = Param("字段")
_WHERE = Param("字段=值", optional=True, many=True)
_TABLES = frozenset({"tables"})
_WHOLE = types.number(scale=0)


def _aggregate(name: str, help_: str, example: str, result: Type, *, column: Param = _COLUMN) -> Function:
    return Function(
        name,
        FAMILY,
        (_TABLE, column, _WHERE),
        help_,
        example,
        "",
        result,
        check=check_aggregate,
        write=write_aggregate,
        reads=_TABLES,
        total=name in ("sum_of", "count_of"),
    )


TABLES = (
    Function(
        "lookup",
        FAMILY,
        (_TABLE, _COLUMN, Param("主键的值")),
        "按主键取另一张底表的字段；查不到为空。",
        "lookup('common_base/project', 'name', project_no)",
        "",
        types.ANY,
        check=check_lookup,
        write=write_lookup,
        reads=_TABLES,
    ),
    Function(
        "lookup_where",
        FAMILY,
        (_TABLE, _COLUMN, _WHERE),
        "按条件取另一张底表的字段；有多行时取最早的一行。",
        "lookup_where('travel_standard', 'hotel_limit', job_level=job_level)",
        "",
        types.ANY,
        check=check_lookup_where,
        write=write_lookup_where,
        reads=_TABLES,
    ),
    Function(
        "exists",
        FAMILY,
        (_TABLE, _WHERE),
        "另一张底表里是否有满足条件的行；条件的值为空则没有。",
        "exists('product_version', version_no=version_no)",
        "",
        types.BOOLEAN,
        check=check_exists,
        write=write_exists,
        reads=_TABLES,
        total=True,
    ),
    _aggregate(
        "sum_of",
        "另一张底表中满足条件的行的合计。",
        "sum_of('receipt', 'amount', contract_no=contract_no)",
        types.NUMBER,
    ),
    _aggregate(
        "max_of",
        "另一张底表中满足条件的行的最大值。",
        "max_of('receipt', 'period_no', contract_no=contract_no)",
        types.ANY,
    ),
    _aggregate(
        "min_of",
        "另一张底表中满足条件的行的最小值。",
        "min_of('receipt', 'plan_date', contract_no=contract_no)",
        types.ANY,
    ),
    _aggregate(
        "count_of",
        "另一张底表中满足条件的行数；写了字段则只数不为空的。",
        "count_of('receipt', contract_no=contract_no)",
        _WHOLE,
        column=Param("字段", optional=True),
    ),
    Function(
        "overlap",
        FAMILY,
        (
            _TABLE,
            Param("资源字段"),
            Param("资源"),
            Param("起字段"),
            Param("止字段"),
            Param("起"),
            Param("止"),
            _WHERE,
        ),
        "同一资源在这段时间是否已被占用；首尾相接不算，可另加“字段=值”。",
        "overlap('room_booking', 'room_no', room_no, 'start_at', 'end_at', start_at, end_at)",
        "",
        types.BOOLEAN,
        check=check_overlap,
        write=write_overlap,
        reads=_TABLES,
        total=True,
    ),
)

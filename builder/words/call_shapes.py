"""Sentences for calls of functions, by function: `shapes()` hands them to the catalogs."""

from collections.abc import Iterator, Mapping

#: By function and number of arguments.
SHAPES: Mapping[str, Mapping[int, str]] = {
    "today": {0: "今天"},
    "now": {0: "此刻"},
    "if": {3: "（若 %(a)s 则 %(b)s，否则 %(c)s）"},
    "round": {1: "%(a)s 取整", 2: "%(a)s 四舍五入到 %(b)s 位小数"},
    "floor": {1: "%(a)s 向下取整"},
    "ceil": {1: "%(a)s 向上取整"},
    "abs": {1: "%(a)s 的绝对值"},
    "upper_money": {1: "%(a)s 的大写"},
    "year": {1: "%(a)s 的年份"},
    "str_year": {1: "%(a)s 的年份"},
    "month": {1: "%(a)s 的月份"},
    "day": {1: "%(a)s 的日"},
    "weekday": {1: "%(a)s 的星期"},
    "week": {1: "%(a)s 的周次"},
    "quarter": {1: "%(a)s 的季度"},
    "date_part": {1: "%(a)s 的日期"},
    "month_start": {1: "%(a)s 当月第一天"},
    "month_end": {1: "%(a)s 当月最后一天"},
    "days_between": {2: "从 %(a)s 到 %(b)s 的天数"},
    "hours_between": {2: "从 %(a)s 到 %(b)s 的小时数"},
    "minutes_between": {2: "从 %(a)s 到 %(b)s 的分钟数"},
    "workdays_between": {2: "从 %(a)s 到 %(b)s 的工作日数"},
    "text": {1: "%(a)s 的文字"},
    "len": {1: "%(a)s 的长度"},
    "matches": {2: "%(a)s 符合模式 %(b)s"},
}
#: Functions over rows: of a column, and of a formula for each row.
OVER_ROWS = {
    "sum": ("%(rows)s的合计", "%(rows)s各行（%(each)s）的合计"),
    "avg": ("%(rows)s的平均值", "%(rows)s各行（%(each)s）的平均值"),
    "max_row": ("%(rows)s的最大值", "%(rows)s各行（%(each)s）的最大值"),
    "min_row": ("%(rows)s的最小值", "%(rows)s各行（%(each)s）的最小值"),
    "distinct_count": ("%(rows)s的不同值的个数", "%(rows)s各行（%(each)s）的不同值的个数"),
}
#: Conditions and formulas over rows.
OF_ROWS = {
    "count_if": "%(rows)s中 %(where)s 的行数",
    "sum_if": "%(rows)s中 %(where)s 的行的 %(each)s 合计",
    "all_rows": "%(rows)s每一行都满足（%(where)s）",
    "any_row": "%(rows)s有一行满足（%(where)s）",
}
#: Days and months from a date on: one later, one earlier, several later, several earlier.
MOVED = {
    "add_days": (
        *("%(start)s后 1 天", "%(start)s前 1 天"),
        *("%(start)s后 %(n)s 天", "%(start)s前 %(n)s 天"),
    ),
    "add_months": (
        *("%(start)s后 1 个月", "%(start)s前 1 个月"),
        *("%(start)s后 %(n)s 个月", "%(start)s前 %(n)s 个月"),
    ),
}
#: Figures of a table: of all its records, and of those that meet a condition.
FIGURES = {
    "sum_of": ("%(table)s中%(column)s合计", "%(table)s中 %(where)s 的%(column)s合计"),
    "max_of": ("%(table)s中%(column)s最大值", "%(table)s中 %(where)s 的%(column)s最大值"),
    "min_of": ("%(table)s中%(column)s最小值", "%(table)s中 %(where)s 的%(column)s最小值"),
    "count_of": ("%(table)s中%(column)s个数", "%(table)s中 %(where)s 的%(column)s个数"),
}


def shapes() -> Iterator[str]:
    """Yield every sentence."""
    for by_number in SHAPES.values():
        yield from by_number.values()
    for pair in (*OVER_ROWS.values(), *MOVED.values(), *FIGURES.values()):
        yield from pair
    yield from OF_ROWS.values()

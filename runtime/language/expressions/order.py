"""The order in which formulas are computed, so that each sees the results of those it reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from runtime.language.expressions.references import References, references
from runtime.language.expressions.tree import Expression
from runtime.language.problem import Problem
from runtime.language.speech import _


@dataclass(frozen=True, slots=True)
class Circle(Problem):
    """Formulas that wait for each other."""

    #: Of the formulas, in the order of the circle; the first stands at the end again.
    names: tuple[str, ...] = ()


def order_formulas(formulas: Mapping[str, Expression]) -> tuple[str, ...] | Circle:
    """Return the names of `formulas`, each after those it reads; a circle of them if there is one.

    A formula is named by its field, `field`, or by its column, `subtable.column`. Ties keep the order given.
    """
    waits = {name: _before(name, references(tree), formulas) for name, tree in formulas.items()}
    sorter = TopologicalSorter(waits)
    try:
        sorter.prepare()
    except CycleError as error:
        names = tuple(reversed(error.args[1]))
        message = _("公式互相引用，无法计算：%(circle)s", circle=" → ".join(names))
        return Circle("expression.cycle", "$", message, names=names)
    place = {name: number for number, name in enumerate(formulas)}
    result: list[str] = []
    while sorter.is_active():
        ready = sorted(sorter.get_ready(), key=place.__getitem__)
        result.extend(ready)
        sorter.done(*ready)
    return tuple(result)


def _before(name: str, reads: References, formulas: Mapping[str, Expression]) -> list[str]:
    subtable = name.partition(".")[0] if "." in name else ""
    wanted = set(reads.fields)
    wanted |= {f"{rows}.{column}" for rows, column in reads.columns}
    wanted |= {f"{subtable}.{column}" for column in reads.row}
    whole = {rows for rows, column in reads.columns if column == "*"}
    return [
        other for other in formulas if other in wanted or (other.partition(".")[0] in whole and "." in other)
    ]

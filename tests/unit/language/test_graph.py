from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.language.flow import Edge, Flow, Node, Start
from runtime.language.graph import check_graph, pair_joins
from runtime.language.problem import Problem

#: What a node is, by the first letter of its code.
KINDS = {"a": "approve", "x": "exclusive", "p": "parallel", "j": "join", "v": "service", "e": "end"}


def flow(drawing: str, **on_reject: str) -> Flow:
    """Return the flow of a drawing: `start a e; x a e` means start → a → e and x → a → e.

    Edges that leave an exclusive node get conditions; the last of them is the default.
    """
    pairs = [pair for chain in drawing.split(";") for pair in steps(chain.split())]
    codes = list(dict.fromkeys(code for pair in pairs for code in pair if code != "start"))
    last = {origin: index for index, (origin, _) in enumerate(pairs)}
    return Flow(
        "f",
        "流程",
        "form",
        Start(),
        nodes=tuple(Node(code, KINDS[code[0]], on_reject=on_reject.get(code)) for code in codes),
        edges=tuple(
            Edge(origin, to, when=None if last[origin] == index else "n > 0", default=last[origin] == index)
            if origin.startswith("x")
            else Edge(origin, to)
            for index, (origin, to) in enumerate(pairs)
        ),
    )


def steps(chain: list[str]) -> Iterator[tuple[str, str]]:
    return pairwise(chain)


def check(found: Flow) -> tuple[Problem, ...]:
    return check_graph(found, is_human=lambda kind: kind in ("start", "approve"))


@pytest.mark.parametrize(
    ("drawing", "pairs"),
    [
        ("start a e", {}),
        ("start x a e; x e", {}),
        ("start a1 x a1; x e", {}),
        ("start p a1 j e; p a2 j", {"p": "j"}),
        ("start p a1 e1; p a2 e2", {}),
        ("start p a1 j e; p a2 e2", {"p": "j"}),
        ("start p a1 e; p a2 e", {}),
        ("start p x a1 j e; x j; p a2 j", {"p": "j"}),
        ("start p p2 a1 j2 j e; p2 a2 j2; p a3 j", {"p": "j", "p2": "j2"}),
        ("start p a1 x a1; x j e; p a2 j", {"p": "j"}),
        ("start p1 a1 j1 p2 a2 j2 e; p1 a3 j1; p2 a4 j2", {"p1": "j1", "p2": "j2"}),
        ("start a x p a1 j x2 a; x2 e; p a2 j; x e", {"p": "j"}),
    ],
)
def test_a_sound_flow_has_no_problems_and_its_joins_are_paired(drawing: str, pairs: dict[str, str]) -> None:
    found = flow(drawing)
    assert check(found) == ()
    assert pair_joins(found) == pairs


@pytest.mark.parametrize(
    ("drawing", "code", "place", "message"),
    [
        ("start a e; a2 e", "flow.unreachable", "$.nodes[2]", "走不到 a2"),
        ("start a", "flow.no_end", "$.nodes", "结束节点"),
        ("start a; a e; a e2", "flow.several_edges", "$.edges[2]", "只能有一条连线"),
        ("start a1 e; start a2 e", "flow.several_edges", "$.edges[2]", "发起（start）"),
        ("start p a j e; p j2 e", "flow.two_joins", "$.nodes[", "不同的汇合"),
        ("start p a j e; p a2 e; j2 e", "flow.unreachable", "$.nodes[5]", "j2"),
        ("start a j e", "flow.join_without_split", "$.nodes[1]", "发起（start） → a → j"),
        ("start p a1 j a3 e; p x a3; x j", "flow.branch_escapes", "$.nodes[3]", "并行分支 p 的一条路"),
        ("start a0 p a1 j e; p x a0; x j", "flow.branch_escapes", "$.nodes[0]", "a0 → p → x → a0"),
        ("start v x v; x e", "flow.endless", "$.nodes[0]", "v → x → v"),
        ("start p a e", "flow.one_branch", "$.nodes[0]", "两条连线"),
        ("start a e a", "flow.after_end", "$.nodes[1]", "后面不能再有连线"),
        ("start a start", "flow.edge_to_start", "$.edges[1].to", "return_to"),
    ],
)
def test_an_unsound_flow_is_refused_with_the_path_that_shows_it(
    drawing: str, code: str, place: str, message: str
) -> None:
    found = check(flow(drawing))
    fitting = [one for one in found if one.code == code]
    assert fitting, found
    assert fitting[0].path.startswith(place)
    assert message in fitting[0].message


def test_an_edge_to_a_node_that_is_not_there_names_the_nearest() -> None:
    edges = (Edge("start", "aproval"), Edge("approval", "e"))
    found = check(Flow("f", "流程", "form", Start(), (Node("approval", "approve"), Node("e", "end")), edges))
    assert [(one.code, one.path) for one in found] == [("flow.unknown_node", "$.edges[0].to")]
    assert "是否想写 approval" in found[0].message


def test_a_node_without_a_way_on_is_shown_with_the_way_to_it() -> None:
    found = check(flow("start x a; x e"))
    assert [(one.code, one.path) for one in found] == [("flow.no_way_on", "$.nodes[1]")]
    assert "发起（start） → x → a" in found[0].message


def test_a_circle_that_no_way_leaves_never_ends() -> None:
    found = check(flow("start x a1 a2 a1; x e"))
    assert {one.code for one in found} == {"flow.no_end"}
    assert "发起（start） → x → a1" in found[0].message


def test_conditions_belong_to_the_edges_of_branches() -> None:
    nodes = (Node("a", "approve"), Node("x", "exclusive"), Node("e", "end"))
    edges = (Edge("start", "a", when="n > 0"), Edge("a", "x"), Edge("x", "e"), Edge("x", "a", default=True))
    found = check(Flow("f", "流程", "form", Start(), nodes, edges))
    assert [(one.code, one.path) for one in found] == [
        ("flow.condition_here", "$.edges[0].when"),
        ("flow.no_condition", "$.edges[2]"),
    ]


def test_saying_no_leads_along_its_own_edge() -> None:
    nodes = (Node("a", "approve", on_reject="b"), Node("b", "approve"), Node("e", "end"))
    edges = (Edge("start", "a"), Edge("a", "e"), Edge("a", "b", outcome="rejected"), Edge("b", "e"))
    assert check(Flow("f", "流程", "form", Start(), nodes, edges)) == ()
    silent = (Node("a", "approve"), *nodes[1:])
    found = check(Flow("f", "流程", "form", Start(), silent, edges))
    assert [(one.code, one.path) for one in found] == [("flow.rejected_edge", "$.edges[2].outcome")]


def test_where_saying_no_leads_counts_as_a_way() -> None:
    assert check(flow("start a1 e; a2 e", a1="a2")) == ()
    found = check(flow("start a1 e", a1="a7"))
    assert [(one.code, one.path) for one in found] == [("flow.unknown_node", "$.nodes[0].on_reject")]


CODES = ["a1", "a2", "x1", "p1", "p2", "j1", "j2", "e"]
EDGES = st.tuples(st.sampled_from(["start", *CODES]), st.sampled_from(CODES))


@given(st.lists(EDGES, min_size=1, max_size=14))
@settings(max_examples=300)
def test_in_a_flow_without_problems_every_join_has_its_split(edges: list[tuple[str, str]]) -> None:
    drawn = flow("start a1;" + ";".join(" ".join(edge) for edge in edges))
    found = check(drawn)
    joins = {node.code for node in drawn.nodes if node.kind == "join"}
    if not found:
        assert set(pair_joins(drawn).values()) == joins
    assert all(one.path.startswith("$") and one.message for one in found)

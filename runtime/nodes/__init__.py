"""What each kind of node does; registered here in the order of the designer's palette."""

from runtime.nodes.gateway import End, Exclusive, Join, Parallel, Service
from runtime.nodes.human import Approve, Fill, Notify, Start
from runtime.nodes.node_kind import NodeKind
from runtime.registry import Registry

NODES: Registry[NodeKind] = Registry(
    "nodes",
    [Start(), Fill(), Approve(), Notify(), Exclusive(), Parallel(), Join(), Service(), End()],
)

__all__ = ["NODES", "NodeKind"]

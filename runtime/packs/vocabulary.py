"""The words this product knows: what packs may say."""

from runtime.actions import ACTIONS
from runtime.assignees import SOURCES
from runtime.fields import FIELDS
from runtime.nodes import NODES
from runtime.registry import Vocabulary

VOCABULARY = Vocabulary(fields=FIELDS, nodes=NODES, actions=ACTIONS, sources=SOURCES)

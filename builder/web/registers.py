"""Labels that the designer says with `_(one.label)`: kept by code, where nothing can mark them."""

from collections.abc import Iterator

from builder.web.views.rule_columns import MODES
from builder.words.call_shapes import shapes
from builder.words.name_words import FLOW_WORDS, OWNED, PERSON_WORDS, SCOPE_WORDS, SYSTEM_WORDS
from builder.words.people_words import ABOVE, EVERYBODY, SLOTS, SUBJECTS
from builder.words.rule_words import CHANNELS, ROWS
from builder.words.story_deeds import deeds
from builder.words.trigger_words import AT_NODES, CHANGES, MOMENTS, SHORT, TIMES, sentences
from runtime.language.expressions import FUNCTIONS
from runtime.language.expressions.types import LABELS
from runtime.language.parts import PARTS
from runtime.packs.vocabulary import VOCABULARY

_BY_CODE = (
    *(AT_NODES, CHANGES, MOMENTS, SHORT, TIMES),
    *(OWNED, SCOPE_WORDS, SLOTS, ABOVE, EVERYBODY, ROWS),
    *(CHANNELS, SUBJECTS, FLOW_WORDS, PERSON_WORDS, SYSTEM_WORDS, LABELS),
)


def labels() -> Iterator[str]:
    """Yield the labels of everything that the pages of the designer name by its kind."""
    for register in (VOCABULARY.fields, VOCABULARY.nodes, VOCABULARY.sources, VOCABULARY.actions, PARTS):
        yield from (one.label for one in register)
    for kind in VOCABULARY.fields:
        for option in kind.options().fields.values():
            yield str(option.metadata.get("label", ""))
    for words in _BY_CODE:
        yield from words.values()
    yield from (label for _code, label in MODES)
    for sayings in (shapes, deeds, sentences):
        yield from sayings()
    for function in FUNCTIONS.values():
        yield from (function.family, function.help, *(param.label for param in function.params))
        yield from (one for one in (function.example, function.gives) if not one.isascii())

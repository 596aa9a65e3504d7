"""Where people come from: `initiator`, or `{role: legal, within: department}`."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from runtime.language.flow import Source
from runtime.language.schemas.document import vocabulary
from runtime.language.schemas.items import Item
from runtime.language.schemas.wrong import Wrong, meant, shown, wrong, wrong_at, wrong_type
from runtime.language.vocabulary import SourceWord


class SourceItem(Item):
    """One source."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Source:
        if isinstance(value, str):
            word = _word(value, (value,))
            if "none" not in word.of:
                raise wrong("source", f"{value}（{word.label}）要写明是谁，如 {{{value}: …}}")
            return Source(value)
        if not isinstance(value, Mapping) or not value:
            raise wrong_type(f"人员来源，如 initiator 或 {{role: 角色}}，可用 {_known()}", value)
        kind = next((key for key in value if vocabulary().sources.get(key)), next(iter(value)))
        word = _word(kind, tuple(value))
        options = {key: one for key, one in value.items() if key != kind}
        return Source(kind, self._of(word, value[kind]), self._options(word, options))

    def _of(self, word: SourceWord, value: Any) -> Any:
        if isinstance(value, Mapping) and "source" in word.of:
            try:
                return self._deserialize(value)
            except ValidationError as error:
                raise wrong_at({word.code: error.messages}) from None
        if isinstance(value, list | Mapping) or (value is None and "none" not in word.of):
            fault = [Wrong("wrong_type", f"应为一个代码，实为{shown(value)}")]
            raise wrong_at({word.code: fault})
        return value

    def _options(self, word: SourceWord, options: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str | int, Any] = {}
        for key, value in options.items():
            allowed = word.options.get(key)
            if allowed is None:
                message = f"{word.label}（{word.code}）没有 {key} 这个键{meant(key, word.options)}"
                found[key] = [Wrong("unknown_key", message)]
            elif allowed and not (isinstance(value, str) and value in allowed):
                message = f"只能是 {'、'.join(sorted(allowed))}，实为{shown(value)}"
                found[key] = [Wrong("not_allowed", message)]
        if found:
            raise wrong_at(found)
        return dict(options)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> Any:
        if value is None:
            return None
        of = self._serialize(value.of) if isinstance(value.of, Source) else value.of
        return value.kind if of is None and not value.options else {value.kind: of, **value.options}


def _word(kind: str, keys: tuple[str, ...]) -> SourceWord:
    word = vocabulary().sources.get(kind)
    if word is None:
        near = next((hint for key in keys if (hint := meant(key, vocabulary().sources.codes()))), "")
        raise wrong("unknown_source", f"没有人员来源 {kind}{near}，可用 {_known()}")
    return word


def _known() -> str:
    return "、".join(vocabulary().sources.codes())

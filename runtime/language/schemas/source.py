"""Where people come from: `initiator`, or `{role: legal, within: department}`."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from runtime.language.flow import Source
from runtime.language.schemas.document import vocabulary
from runtime.language.schemas.items import Item
from runtime.language.schemas.wrong import (
    Wrong,
    meant,
    no_such_key,
    no_such_word,
    shown,
    wrong,
    wrong_at,
    wrong_type,
)
from runtime.language.speech import _, listed
from runtime.language.vocabulary import SourceWord


class SourceItem(Item):
    """One source."""

    def _deserialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Source:
        if isinstance(value, str):
            word = _word(value, (value,))
            if "none" not in word.of:
                message = _(
                    "%(code)s（%(label)s）要写明是谁，如 {%(code)s: …}", code=value, label=_(word.label)
                )
                raise wrong("source", message)
            return Source(value)
        if not isinstance(value, Mapping) or not value:
            message = _(
                "应为人员来源，如 initiator 或 {role: 角色}，可用 %(known)s，实为%(found)s",
                known=_known(),
                found=shown(value),
            )
            raise wrong_type(message)
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
            fault = [Wrong("wrong_type", _("应为一个代码，实为%(found)s", found=shown(value)))]
            raise wrong_at({word.code: fault})
        return value

    def _options(self, word: SourceWord, options: Mapping[str, Any]) -> dict[str, Any]:
        found: dict[str | int, Any] = {}
        for key, value in options.items():
            allowed = word.options.get(key)
            if allowed is None:
                found[key] = [Wrong("unknown_key", no_such_key(word, key) + meant(key, word.options))]
            elif allowed and not (isinstance(value, str) and value in allowed):
                found[key] = [Wrong("not_allowed", no_such_word(sorted(allowed), value))]
        if found:
            raise wrong_at(found)
        return dict(options)

    def _serialize(self, value: Any, *_args: Any, **_kwargs: Any) -> Any:
        if value is None:
            return None
        of = self._serialize(value.of) if isinstance(value.of, Source) else value.of
        return value.kind if of is None and not value.options else {value.kind: of, **value.options}


def _word(kind: str, keys: tuple[str, ...]) -> SourceWord:
    word = vocabulary().sources.get(kind)
    if word is None:
        near = next((hint for key in keys if (hint := meant(key, vocabulary().sources.codes()))), "")
        message = _("没有人员来源 %(name)s%(hint)s，可用 %(known)s", name=kind, hint=near, known=_known())
        raise wrong("unknown_source", message)
    return word


def _known() -> str:
    return listed(vocabulary().sources.codes())

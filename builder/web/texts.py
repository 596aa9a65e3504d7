"""Words that the designer's scripts say."""

from flask_babel import lazy_gettext as _l

from builder.web.expression_texts import EXPRESSION

_TEXTS = {
    "saving": _l("正在保存…"),
    "saved": _l("已保存"),
    "not_saved": _l("没有保存"),
    "again": _l("再做一次"),
    "moved_on": _l("刚才的修改改变了次序，这一步没有执行；请再做一次。"),
    "overwrite": _l("用我的文本覆盖"),
    "reload": _l("重新载入"),
    "offline": _l("连接中断，修改尚未保存；恢复后会自动继续。"),
    "leave": _l("还有修改没有保存。"),
    "nothing": _l("没有找到"),
    **EXPRESSION,
    "testing": _l("正在临时环境中运行，通常需要几秒…"),
    "start_stays": _l("发起节点不能删除。"),
    "copied": _l("已复制 {n} 个节点，可以粘贴到任一流程"),
    "nothing_copied": _l("还没有复制节点。先选中节点，按 Ctrl+C。"),
    "problems": _l("{n} 个问题"),
    "no_problems": _l("没有问题，可以发布"),
}


def design_texts() -> dict[str, str]:
    """Return the words in the language of this request."""
    return {key: str(text) for key, text in _TEXTS.items()}

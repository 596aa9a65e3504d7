"""Words that scripts say; pages hand them over as JSON (`js/texts.js`)."""

from flask_babel import lazy_gettext as _l

SCRIPT_TEXTS = {
    "cancel": _l("取消"),
    "calculation_failed": _l("自动计算暂时不可用，提交时会重新计算"),
    "choose": _l("请选择"),
    "choose_title": _l("选择%(label)s", label="{label}"),
    "chosen": _l("已选 %(n)s 条", n="{n}"),
    "confirm": _l("确定"),
    "confirm_title": _l("请确认"),
    "empty": _l("—"),
    "failed": _l("操作没有成功"),
    "file_type": _l("%(name)s 的类型不在允许之列", name="{name}"),
    "file_too_large": _l("%(name)s 超过 %(size)s", name="{name}", size="{size}"),
    "file_failed": _l("%(name)s 上传失败：%(reason)s", name="{name}", reason="{reason}"),
    "leave": _l("离开"),
    "leave_question": _l("有未保存的修改，离开后将丢失。"),
    "load_failed": _l("加载失败，请重试"),
    "login_again": _l("登录已过期，请重新登录。您填写的内容仍在本页。"),
    "most_rows": _l("最多 %(n)s 行", n="{n}"),
    "moved": _l("已移到第 %(n)s 行", n="{n}"),
    "network": _l("网络连接中断，请检查网络后重试"),
    "no_results": _l("没有找到"),
    "opinion": _l("意见"),
    "opinion_needed": _l("请填写意见"),
    "pasted": _l("已粘贴 %(n)s 行", n="{n}"),
    "reason": _l("退回原因"),
    "reload": _l("刷新页面"),
    "remove": _l("移除"),
    "required": _l("请填写“%(label)s”", label="{label}"),
    "rows_needed": _l("“%(label)s”至少需要 %(n)s 行", label="{label}", n="{n}"),
    "row_required": _l("请填写第 %(n)s 行“%(label)s”", n="{n}", label="{label}"),
    "stay": _l("留在本页"),
    "taken": _l("情况已变化"),
    "taken_more": _l("刷新后可以看到最新内容；您尚未提交的修改不会保留。"),
    "uploading": _l("文件还在上传，请稍候"),
}


def script_texts() -> dict[str, str]:
    """Return the words in the language of this request."""
    return {key: str(text) for key, text in SCRIPT_TEXTS.items()}

"""The demo organisation, and which of its people to log in as."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from runtime.language.yaml_text import read_yaml

#: Password of every demo person; demo mode only, shown on the log-in page.
PASSWORD = "demo1234"

#: Log-ins worth trying: code → what they can do there.
LOGINS: Mapping[str, str] = {
    "u052": "销售代表：起草合同、发起变更、确认回款",
    "u061": "法务：审核合同与变更",
    "u018": "部门主管：合同变更的部门意见",
    "u016": "销售总监：审批、看团队台账",
    "u005": "分管领导：大额合同",
    "u030": "印章管理员：用印登记",
    "u056": "财务专员：登记到账",
    "u022": "财务经理：复核回款",
    "u033": "应用设计师：设计中心",
    "admin": "系统管理员：应用包、人员、失败任务",
}


def organisation() -> Mapping[str, Any]:
    """Return the demo organisation as `store.organisation.load_organisation` takes it."""
    text = Path(__file__).with_name("organisation.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = read_yaml(text).value
    return data

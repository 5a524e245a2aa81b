"""
Names in the site's language.

A Data Center site has one language for the names of statuses, types and fields, which its
administrator chose; ids and the types of custom fields are the same in every language.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.jira.kinds import (
    COMPANY_TYPES,
    IssueType,
    Priority,
    Resolution,
    Status,
    StatusCategory,
)

_TYPES = {"Epic": "史诗", "Story": "故事", "Task": "任务", "Bug": "故障", "Sub-task": "子任务"}
_STATUSES = {"To Do": "待办", "In Progress": "处理中", "Done": "完成"}
_CATEGORIES = {**_STATUSES, "No Category": "无类别"}
_RESOLUTIONS = {"Done": "完成", "Won't Do": "不做", "Duplicate": "重复"}
_PRIORITIES = {"Highest": "最高", "High": "高", "Medium": "中", "Low": "低", "Lowest": "最低"}
_FIELDS = {
    "Issue Type": "问题类型",
    "Parent": "父问题",
    "Project": "项目",
    "Resolution": "解决结果",
    "Resolved": "已解决",
    "Created": "创建日期",
    "Priority": "优先级",
    "Labels": "标签",
    "Linked Issues": "链接的问题",
    "Assignee": "经办人",
    "Updated": "已更新",
    "Status": "状态",
    "Component/s": "模块",
    "Fix Version/s": "修复的版本",
    "Affects Version/s": "影响版本",
    "Original Estimate": "初始预估",
    "Time Spent": "耗费时间",
    "Description": "描述",
    "Summary": "概要",
    "Creator": "创建者",
    "Reporter": "报告人",
    "Sub-Tasks": "子任务",
    "Due Date": "到期日",
    "Progress": "进度",
    "Comment": "评论",
    "Votes": "得票",
    "Epic Link": "史诗链接",
    "Epic Status": "史诗状态",
    "Epic Name": "史诗名称",
    "Epic Colour": "史诗颜色",
    "Story Points": "故事点",
    "Sprint": "冲刺",
    "Rank": "排序",
}


@dataclass(frozen=True, slots=True)
class Words:
    """`locale` is en or zh. Names that an administrator made up stay as they are."""

    locale: str

    def _said(self, table: Mapping[str, str], name: str) -> str:
        return table.get(name, name) if self.locale == "zh" else name

    def type(self, kind: IssueType) -> str:
        return self._said(_TYPES, kind.name)

    def status(self, status: Status) -> str:
        return self._said(_STATUSES, status.name)

    def category(self, category: StatusCategory) -> str:
        return self._said(_CATEGORIES, category.name)

    def resolution(self, resolution: Resolution) -> str:
        return self._said(_RESOLUTIONS, resolution.name)

    def priority(self, priority: Priority) -> str:
        return self._said(_PRIORITIES, priority.name)

    def field(self, name: str) -> str:
        return self._said(_FIELDS, name)

    def values(self) -> dict[str, dict[str, str]]:
        """By field of a query, the English names behind the site's own in small letters."""
        if self.locale != "zh":
            return {}
        tables = {
            "status": _STATUSES,
            "statuscategory": _CATEGORIES,
            "issuetype": _TYPES,
            "resolution": {**_RESOLUTIONS, "Unresolved": "未解决"},
            "priority": _PRIORITIES,
        }
        return {
            name: {word.casefold(): english for english, word in table.items()}
            for name, table in tables.items()
        }

    def english(self, field: str, word: object) -> object:
        """The English name of a status, type or priority that goes by this word."""
        if not isinstance(word, str):
            return word
        return self.values().get(field, {}).get(word.casefold(), word)


def company_type(kind: IssueType) -> IssueType:
    """There are no team-managed projects, so every project has the types of the company."""
    for known in COMPANY_TYPES:
        if known.level == kind.level and known.name.casefold()[:3] == kind.name.casefold()[:3]:
            return known
    return kind

"""Lists of tasks, which storage format nests and documents keep side by side."""

from collections.abc import Callable
from typing import TypeAlias

from lxml import etree

from sandbox.wiki.adf.model import node
from sandbox.wiki.storage_format import AC, is_element
from sandbox.wire import JsonObject

Run: TypeAlias = Callable[[etree._Element], list[JsonObject]]


def task_list(found: etree._Element, run: Run) -> JsonObject | None:
    items: list[JsonObject] = []
    for child in found:
        if not is_element(child):
            continue
        if etree.QName(child).localname == "task-list":
            items += [nested for nested in [task_list(child, run)] if nested]
            continue
        items.append(_task(child, run))
        inner = child.find(f"{{{AC}}}task-list")
        if inner is not None:
            items += [nested for nested in [task_list(inner, run)] if nested]
    listed = found.get(f"{{{AC}}}task-list-id", "")
    return node("taskList", items, {"localId": listed}) if items else None


def _task(found: etree._Element, run: Run) -> JsonObject:
    body, status = found.find(f"{{{AC}}}task-body"), found.findtext(f"{{{AC}}}task-status", "")
    local = found.findtext(f"{{{AC}}}task-uuid") or found.findtext(f"{{{AC}}}task-id", "")
    state = "DONE" if status.strip() == "complete" else "TODO"
    inside = [] if body is None else run(body)
    return node("taskItem", inside, {"localId": local, "state": state})

"""Links by kind: epics are read together, queries one by one or matched."""

from collections.abc import Collection

from connector.core.okr import EpicLink, JiraLink, JqlLink


def parted(links: Collection[JiraLink]) -> tuple[list[EpicLink], list[JqlLink]]:
    """Each link once, in the order given."""
    epics = [link for link in dict.fromkeys(links) if isinstance(link, EpicLink)]
    return epics, [link for link in dict.fromkeys(links) if isinstance(link, JqlLink)]

"""Pages that somebody linked, found again by a database that does not know it."""

from collections.abc import Collection

from connector.core.okr import PageId
from connector.core.publishing import PropertyKey
from connector.ports import PageProperties
from connector.usecases.page_property import says_linked

# Each costs a call, and a copy of an OKR page is one of them every time.
MOST_LOOKED_AT = 200


def find_linked(known: Collection[PageId], *, properties: PageProperties) -> list[PageId]:
    """
    Pages unknown to us at which we noted that they are linked, as far as the site can search.

    The note is no more than a label is: whoever may edit the page may put it there.
    """
    unknown = [page for page in properties.pages() if page not in known][:MOST_LOOKED_AT]
    return [page for page in unknown if says_linked(properties.read(page, PropertyKey.OKRS), page)]

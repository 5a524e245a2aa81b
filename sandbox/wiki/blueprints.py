"""Everything that Confluence's half answers."""

from sandbox.wiki import (
    routes_comments,
    routes_content,
    routes_content_kin,
    routes_content_properties,
    routes_history,
    routes_labels,
    routes_listings,
    routes_macros,
    routes_pages,
    routes_properties,
    routes_restrictions,
    routes_search,
    routes_tree,
    routes_users,
    routes_watches,
)

BLUEPRINTS = (
    routes_pages.bp,
    routes_listings.bp,
    routes_properties.bp,
    routes_users.bp,
    routes_comments.footer,
    routes_comments.inline,
    routes_history.bp,
    routes_macros.bp,
    routes_tree.bp,
    routes_labels.bp,
    routes_restrictions.bp,
    routes_search.bp,
    routes_content.bp,
    routes_content_kin.bp,
    routes_content_properties.bp,
    routes_watches.bp,
)

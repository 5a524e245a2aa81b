"""Settings → Services: the one place that names concrete classes."""

from connector.wiring.checks import check_database, check_events, check_site
from connector.wiring.service import Service, open_service, rewrite_secrets
from connector.wiring.token_site import (
    Services,
    SystemClock,
    connect,
    doors,
    migrate_database,
    open_store,
    policy_of,
)

__all__ = [
    "Service",
    "Services",
    "SystemClock",
    "check_database",
    "check_events",
    "check_site",
    "connect",
    "doors",
    "migrate_database",
    "open_service",
    "open_store",
    "policy_of",
    "rewrite_secrets",
]

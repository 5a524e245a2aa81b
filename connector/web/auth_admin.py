"""The guard of pages for administrators: the host says who asks, and the site what they may do."""

import structlog
from flask import Request, g

from connector.core.errors import Forbidden
from connector.web.auth import Guard, Principal
from connector.web.auth_connect import connect_principal
from connector.web.looking import one_of_few
from connector.web.services import WebServices

log = structlog.get_logger(__name__)


class AdministratorsOnly(Forbidden):
    """Whoever asks does not administer the site, as far as the site says."""

    code = "administrators_only"


def _administrator(request: Request, services: WebServices) -> Principal:
    """
    The token alone is not enough: the host signs addresses for whoever opens them, whatever the
    descriptor's conditions say. Without an answer of the site nobody is an administrator.
    """
    who = connect_principal(request, services)
    g.principal = who  # whose pages may show the refusal
    keepers = services.sites.of(who.site).administrators
    account = who.viewer.account if who.viewer else ""
    with one_of_few(services):
        if keepers is None or not account or not keepers.administers(account):
            log.info("proof.refused", path=request.path, reason="no administrator")
            raise AdministratorsOnly("for administrators of the site")
    return who


CONNECT_ADMINISTRATOR = Guard(_administrator, paced=True)

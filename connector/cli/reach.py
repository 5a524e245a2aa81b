"""Whether our own address answers from here, as the site's webhooks would find it."""

import requests

from connector.atlassian.checks import Check
from connector.config import Settings

SECONDS = 5


def check_reach(settings: Settings) -> Check:
    """
    Asks for `/healthz` without any proof, and follows no redirect. From another machine the
    answer may differ; that the site itself gets through, only an event that arrives can show.
    """
    name, base = "service.reachable", settings.base_url
    if not base:
        return Check(name, ok=True, warns=True, note="no_address")
    facts = (("address", base),)
    try:
        answer = requests.get(
            f"{base}/healthz",
            timeout=SECONDS,
            allow_redirects=False,
            verify=settings.ca_bundle or True,
        )
        alive = answer.status_code == requests.codes.ok and answer.json().get("status") == "alive"
        said = f"answered {answer.status_code}"
    except (requests.RequestException, ValueError, AttributeError) as error:
        alive, said = False, type(error).__name__
    if alive:
        return Check(name, ok=True, facts=facts)
    return Check(name, ok=True, facts=(*facts, ("error", said)), warns=True)

"""
Where the frames of a Forge app stand, and what they know.

Their page is a static resource of the app (Custom UI); it reaches the host through a bridge.
https://developer.atlassian.com/platform/forge/custom-ui/
"""

import json
import time
import uuid
from dataclasses import dataclass
from typing import TYPE_CHECKING

import jwt
from markupsafe import Markup

from sandbox.directory import User
from sandbox.forge.installation import Installation, Invocation
from sandbox.wire import JsonObject, as_list, as_object, as_text

if TYPE_CHECKING:
    from sandbox.jira.model import Issue, Project
    from sandbox.wiki.model import Page

# https://developer.atlassian.com/platform/forge/manifest-reference/resources/
HEIGHTS = {"small": 112, "medium": 262, "large": 524, "xlarge": 1048}
_LIFE = 3600
_INVOKED = {"macro": "xen:macro"}
ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Framed:
    """A module in its place: what a frame may show and what it may ask the app's server."""

    kind: str
    module: JsonObject
    product: str
    subject: str
    local_id: str
    extension: JsonObject

    @property
    def key(self) -> str:
        return as_text(self.module.get("key"))

    def lets(self, user: User | None) -> bool:
        """Strangers see only modules that say so."""
        return user is not None or ANONYMOUS in as_list(self.module.get("unlicensedAccess"))

    def invocation(self, installation: Installation, user: User | None) -> Invocation:
        context = installation.context(self.key, localId=self.local_id, extension=self.extension)
        return Invocation(
            _INVOKED.get(self.kind, self.kind),
            self.key,
            self.product,
            context,
            user.account_id if user else None,
        )

    def token(self, secret: bytes) -> str:
        """What the page gives back with each call of the frame, so that nobody makes up a place."""
        told = {
            "kind": self.kind,
            "key": self.key,
            "product": self.product,
            "subject": self.subject,
            "localId": self.local_id,
            "extension": self.extension,
            "exp": int(time.time()) + _LIFE,
        }
        return jwt.encode(told, secret, algorithm="HS256")


def from_token(token: str, secret: bytes, installation: Installation) -> Framed | None:
    """The place a frame's call comes from; None for a token that is not the host's own."""
    try:
        told = as_object(jwt.decode(token, secret, algorithms=["HS256"]))
    except jwt.InvalidTokenError:
        return None
    module = installation.manifest.module(told["kind"], told["key"])
    if module is None:
        return None
    return Framed(
        told["kind"],
        module,
        told["product"],
        told["subject"],
        told["localId"],
        told["extension"],
    )


def of_macro(page: "Page", module: JsonObject, config: JsonObject, local_id: str) -> Framed:
    extension = {
        "type": "macro",
        "content": {"id": str(page.id), "type": "page", "subtype": None},
        "space": {"id": str(page.space.id), "key": page.space.key},
        "isEditing": False,
        "references": [],
        "config": config,
    }
    return Framed("macro", module, "confluence", str(page.id), local_id, extension)


def of_issue(issue: "Issue", project: "Project", kind: str, module: JsonObject) -> Framed:
    extension = {
        "type": kind,
        "issue": {
            "id": str(issue.id),
            "key": issue.key,
            "type": issue.type.name,
            "typeId": str(issue.type.id),
        },
        "project": {"id": str(project.id), "key": project.key, "type": "software"},
        "isNewToIssue": False,
    }
    local_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{kind}/{module.get('key')}/{issue.id}"))
    return Framed(kind, module, "jira", issue.key, local_id, extension)


def frame(
    framed: Framed,
    installation: Installation,
    secret: bytes,
    *,
    user: User | None,
    locale: str,
    theme: str,
) -> Markup:
    """`data-context` is what `view.getContext()` gives."""
    if not framed.lets(user):
        return Markup('<div class="panel note">{}</div>').format(
            "This app is for people with an account."
        )
    title = title_of(framed.module)
    height = HEIGHTS.get(as_text(framed.module.get("viewportSize")))
    return Markup(
        '<iframe class="macro forge" title="{title}" src="{src}" data-token="{token}"'
        ' data-context="{context}" data-fixed="{fixed}" style="{style}"'
        ' sandbox="allow-scripts allow-forms allow-modals allow-downloads"></iframe>'
    ).format(
        title=title,
        src=f"/_forge/ui/{framed.module.get('resource')}/index.html",
        token=framed.token(secret),
        context=json.dumps(_seen(framed, installation, user, locale, theme)),
        fixed="true" if height else "false",
        style=f"height:{height}px" if height else "",
    )


def title_of(module: JsonObject) -> str:
    title = module.get("title")
    return title if isinstance(title, str) else as_text(module.get("key"))


def _seen(
    framed: Framed, installation: Installation, user: User | None, locale: str, theme: str
) -> JsonObject:
    return {
        "accountId": user.account_id if user else None,
        "cloudId": installation.cloud_id,
        "workspaceId": None,
        "extension": framed.extension,
        "license": None,
        "localId": framed.local_id,
        "locale": {"zh": "zh-CN"}.get(locale, "en-US"),
        "moduleKey": framed.key,
        "siteUrl": installation.site_url,
        "timezone": user.time_zone if user else "Etc/UTC",
        "theme": {"colorMode": theme},
        "environmentId": installation.environment,
        "environmentType": "DEVELOPMENT",
    }

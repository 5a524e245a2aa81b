"""Keys that an answer must have although its description calls nothing, or little, required.

A place is a path into the body: `issues[]` is every member of a list, `{}` every value of a map,
and the empty place is the body itself. What a request may leave out is not asked for here.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Needed:
    """Keys by dots; where `beside` is given, only of those members that have that key as well."""

    keys: str
    because: str
    beside: str = ""


ISSUE = Needed("id key self", "an issue is named by them; without fields they are all there is")
FOUND = Needed(ISSUE.keys, ISSUE.because, beside="fields")
CREATED = Needed("id key self", "whoever creates an issue learns its name from nothing else")
OFFSET_PAGE = Needed("startAt maxResults total", "without them nobody knows whether there is more")
LAST_PAGE = Needed(
    "startAt maxResults total isLast", "a page of a list says whether it is the last"
)
PERSON = Needed("accountId displayName active self", "who it is, and whether still here")
HISTORY = Needed("id created items author.accountId", "who changed what, and when")
ITEM = Needed("field fieldtype from to", "a change is from something to something, null included")
NAMED = Needed("id name", "a choice is shown by its name and sent by its id")
LINKED = Needed(
    "id name self", "a choice is shown by its name, sent by its id, read at its address"
)
STATUS = Needed(
    "id name self statusCategory.key", "whether work is done is told by the category's key"
)
STATUS_SHORT = Needed("id name statusCategory", "whether work is done is told by the category")
CATEGORY = Needed("id key name self", "clients compare the key; the name is translated")
KIND = Needed("id name subtask hierarchyLevel self", "epics are told by their level, not by name")
PROJECT = Needed("id key name projectTypeKey simplified self", "team-managed ones are `simplified`")
FIELD = Needed(
    "id name custom schema.type", "custom fields are found by their schema, and set by id"
)
META_FIELD = Needed("name required schema.type operations", "what a form must ask for")
PERMISSION = Needed("key name type", "what may be allowed")
COMMENT = Needed("id self author.accountId body created updated", "who said what, and when")
LINK_TYPE = Needed("id name inward outward self", "a link is read from both of its ends")
REMOTE_LINK = Needed("id self object.title object.url", "a link leads somewhere and says where")
WHOLE = Needed("keys", "the list itself, empty or not")

SPACE = Needed("id key name type status _links.webui", "a space is named by key and by id")
PAGE = Needed(
    "id status title spaceId parentId parentType authorId createdAt version.number "
    "version.createdAt _links.webui _links.editui _links.tinyui",
    "read by every client of v2; md2conf refuses a page without `parentId`",
)
TREE_PAGE = Needed("id status title", "a page in a tree is shown by its title")
VERSION = Needed("number createdAt authorId minorEdit message", "who saved which version, and when")
PROPERTY = Needed("id key value version.number", "a property is changed by id and next version")
LABEL = Needed("id name prefix", "labels of different prefixes may share a name")
REMARK = Needed(
    "id status title version.number version.createdAt _links.webui", "a comment is changed by id"
)
WIKI_PERSON = Needed("accountId displayName publicName accountType", "who it is")
V1_PERSON = Needed("accountId type accountType displayName publicName", "who it is")
V1_LIST = Needed("results start limit size", "v1 pages by number")
V1_LABEL = Needed("id name prefix label", "labels of different prefixes may share a name")
V1_PAGE = Needed("id type status title _links.webui _links.self", "a page is named by id")
V1_FOUND = Needed(
    "content.id content.title title url lastModified entityType resultGlobalContainer.title",
    "what a list of results shows, and where it leads",
)
RELEASE = Needed("id self name archived released projectId", "what is to be in a version, and when")
PART = Needed("id self name project projectId", "a component is named within its project")
WORK = Needed("id self issueId author.accountId started timeSpentSeconds", "who worked how long")
ROLE = Needed("id name self", "a role is named by its id")
TASK = Needed("taskId", "what became of it is asked by this id")
GROUP = Needed("name groupId", "a group is named by its id; its name may change")
SCHEME = Needed("id name permissions", "who may what")
LEVEL = Needed("id name self", "an issue names its level by the id")
RESTRICTION = Needed("operation restrictions.user.results restrictions.group.results", "who may")
INLINE = Needed(
    f"{REMARK.keys} resolutionStatus properties.inlineMarkerRef properties.inlineOriginalSelection",
    "a comment in the text is found by its marker",
)
OPERATION = Needed("operation targetType", "what may be done, and with what")
V1_WHOLE_PAGE = Needed(f"{V1_PAGE.keys} version.number space.key", "expanded by default")
V1_VERSION = Needed("number when by message minorEdit", "who saved which version, and when")
V1_PROPERTY = Needed("id key value version.number", "a property is changed by its next version")
LINKS = Needed("_links.base", "addresses in the answer are relative to it")

JIRA = "/rest/api/3"
WIKI = "/wiki/api/v2"
V1 = "/wiki/rest/api"
ONE_ISSUE = f"{JIRA}/issue/{{issueIdOrKey}}"
CONTENT = f"{V1}/content/{{id}}"
RELATION = (
    f"{V1}/relation/{{relationName}}/from/{{sourceType}}/{{sourceKey}}"
    "/to/{targetType}/{targetKey}"
)
Places = tuple[tuple[str, Needed], ...]


def only(keys: str, because: str) -> Places:
    return (("", Needed(keys, because)),)


def paged(place: str, *needed: Needed) -> Places:
    return (("", LINKS), *((place, one) for one in needed))


NEEDED: dict[str, Places] = {
    f"GET {JIRA}/search/jql": (
        ("issues[]", Needed("id", "all there is unless fields are asked for")),
        ("issues[]", FOUND),
        ("", Needed("isLast", "an answer without a token says that it is the last")),
    ),
    f"POST {JIRA}/search/jql": (("issues[]", FOUND),),
    f"POST {JIRA}/search/approximate-count": only("count", "the one thing that was asked for"),
    f"POST {JIRA}/jql/match": (
        ("matches[]", Needed("matchedIssues errors", "a refused query is told from an empty one")),
    ),
    f"POST {JIRA}/issue": (("", CREATED),),
    f"POST {JIRA}/issue/bulk": (
        ("issues[]", CREATED),
        ("errors[]", Needed("status failedElementNumber elementErrors", "which one failed, why")),
    ),
    f"POST {JIRA}/issue/bulkfetch": (
        ("issues[]", ISSUE),
        ("issueErrors[]", Needed("id errorMessage", "an issue that is missing is named")),
    ),
    f"GET {ONE_ISSUE}": (("", ISSUE), ("", Needed("fields", "asked for or not, it is there"))),
    f"PUT {ONE_ISSUE}": (("", ISSUE), ("", Needed("fields", "`returnIssue` asks for them"))),
    f"GET {ONE_ISSUE}/transitions": (("transitions[]", NAMED), ("transitions[].to", STATUS)),
    f"GET {ONE_ISSUE}/changelog": (
        ("", LAST_PAGE),
        ("values[]", HISTORY),
        ("values[].items[]", ITEM),
    ),
    f"POST {ONE_ISSUE}/changelog/list": (("", OFFSET_PAGE), ("histories[]", HISTORY)),
    f"POST {JIRA}/changelog/bulkfetch": (
        ("issueChangeLogs[]", Needed("issueId changeHistories", "whose changes they are")),
        ("issueChangeLogs[].changeHistories[]", HISTORY),
        ("issueChangeLogs[].changeHistories[].items[]", ITEM),
    ),
    f"GET {ONE_ISSUE}/properties": (("", WHOLE), ("keys[]", Needed("key self", "its name"))),
    f"GET {ONE_ISSUE}/properties/{{propertyKey}}": only("key value", "a property is these two"),
    f"POST {ONE_ISSUE}/remotelink": only("id self", "a link is changed by its id"),
    f"GET {ONE_ISSUE}/remotelink": (("[]", REMOTE_LINK),),
    f"GET {ONE_ISSUE}/remotelink/{{linkId}}": (("", REMOTE_LINK),),
    f"GET {ONE_ISSUE}/editmeta": (("fields{}", META_FIELD),),
    f"POST {ONE_ISSUE}/comment": (("", COMMENT),),
    f"GET {ONE_ISSUE}/comment": (("", OFFSET_PAGE), ("comments[]", COMMENT)),
    f"GET {ONE_ISSUE}/comment/{{id}}": (("", COMMENT),),
    f"PUT {ONE_ISSUE}/comment/{{id}}": (("", COMMENT),),
    f"GET {JIRA}/issueLinkType": (("issueLinkTypes[]", LINK_TYPE),),
    f"GET {JIRA}/issueLinkType/{{issueLinkTypeId}}": (("", LINK_TYPE),),
    f"GET {JIRA}/issueLink/{{linkId}}": only(
        "id type.name inwardIssue.key outwardIssue.key", "a link has two ends and a kind"
    ),
    f"GET {JIRA}/field": (("[]", FIELD),),
    f"GET {JIRA}/issuetype": (("[]", KIND),),
    f"GET {JIRA}/issuetype/project": (("[]", KIND),),
    f"GET {JIRA}/issuetype/{{id}}": (("", KIND),),
    f"GET {JIRA}/status": (("[]", STATUS),),
    f"GET {JIRA}/status/{{idOrName}}": (("", STATUS),),
    f"GET {JIRA}/statuses": (("[]", STATUS_SHORT),),
    f"GET {JIRA}/statuses/search": (("", LAST_PAGE), ("values[]", STATUS_SHORT)),
    f"GET {JIRA}/statuscategory": (("[]", CATEGORY),),
    f"GET {JIRA}/statuscategory/{{idOrKey}}": (("", CATEGORY),),
    f"GET {JIRA}/resolution": (("[]", LINKED),),
    f"GET {JIRA}/resolution/{{id}}": (("", LINKED),),
    f"GET {JIRA}/priority": (("[]", LINKED),),
    f"GET {JIRA}/priority/{{id}}": (("", LINKED),),
    f"GET {JIRA}/project": (("[]", PROJECT),),
    f"GET {JIRA}/project/search": (("", LAST_PAGE), ("values[]", PROJECT)),
    f"GET {JIRA}/project/{{projectIdOrKey}}": (
        ("", PROJECT),
        ("issueTypes[]", KIND),
        ("", Needed("lead.accountId", "whom to ask")),
    ),
    f"GET {JIRA}/project/{{projectIdOrKey}}/statuses": (
        ("[]", Needed("id name subtask", "statuses go by issue type")),
        ("[].statuses[]", STATUS),
    ),
    f"GET {JIRA}/project/{{projectId}}/hierarchy": (
        ("hierarchy[]", Needed("level name issueTypes", "what stands on which level")),
    ),
    f"GET {JIRA}/issue/createmeta/{{projectIdOrKey}}/issuetypes": (
        ("", OFFSET_PAGE),
        ("issueTypes[]", KIND),
    ),
    f"GET {JIRA}/issue/createmeta/{{projectIdOrKey}}/issuetypes/{{issueTypeId}}": (
        ("", OFFSET_PAGE),
        ("fields[]", META_FIELD),
        ("fields[]", Needed("fieldId", "a field is sent by its id")),
    ),
    f"GET {JIRA}/myself": (("", PERSON), ("", Needed("timeZone locale", "JQL's days are theirs"))),
    f"GET {JIRA}/user": (("", PERSON),),
    f"GET {JIRA}/user/search": (("[]", PERSON),),
    f"GET {JIRA}/user/assignable/search": (("[]", PERSON),),
    f"GET {JIRA}/user/viewissue/search": (("[]", PERSON),),
    f"GET {JIRA}/user/bulk": (("", LAST_PAGE), ("values[]", PERSON)),
    f"GET {JIRA}/users": (("[]", PERSON),),
    f"GET {JIRA}/users/search": (("[]", PERSON),),
    f"GET {JIRA}/mypermissions": (
        ("permissions{}", PERMISSION),
        ("permissions{}", Needed("havePermission", "the one thing that was asked for")),
    ),
    f"GET {JIRA}/permissions": (("permissions{}", PERMISSION),),
    f"GET {JIRA}/issue/createmeta": (
        ("projects[]", Needed("id key name issuetypes", "where issues may be created")),
        ("projects[].issuetypes[]", Needed("id name subtask", "and of which kinds")),
        ("projects[].issuetypes[].fields{}", META_FIELD),
    ),
    f"POST {JIRA}/version": (("", RELEASE),),
    f"GET {JIRA}/version/{{id}}": (("", RELEASE),),
    f"PUT {JIRA}/version/{{id}}": (("", RELEASE),),
    f"GET {JIRA}/version/{{id}}/relatedIssueCounts": only(
        "issuesFixedCount issuesAffectedCount", "the two things asked for"
    ),
    f"GET {JIRA}/version/{{id}}/unresolvedIssueCount": only(
        "issuesCount issuesUnresolvedCount", "the two things asked for"
    ),
    f"GET {JIRA}/project/{{projectIdOrKey}}/versions": (("[]", RELEASE),),
    f"GET {JIRA}/project/{{projectIdOrKey}}/version": (("", LAST_PAGE), ("values[]", RELEASE)),
    f"POST {JIRA}/component": (("", PART),),
    f"GET {JIRA}/component/{{id}}": (("", PART),),
    f"PUT {JIRA}/component/{{id}}": (("", PART),),
    f"GET {JIRA}/component/{{id}}/relatedIssueCounts": only("issueCount", "what was asked for"),
    f"GET {JIRA}/project/{{projectIdOrKey}}/components": (("[]", PART),),
    f"GET {JIRA}/project/{{projectIdOrKey}}/component": (
        ("", LAST_PAGE),
        ("values[]", PART),
        ("values[]", Needed("issueCount", "what this page has beside the other list")),
    ),
    f"GET {ONE_ISSUE}/watchers": (
        ("", Needed("watchCount isWatching watchers", "how many, and whether oneself")),
        ("watchers[]", PERSON),
    ),
    f"GET {ONE_ISSUE}/votes": only("votes hasVoted voters", "how many, and whether oneself"),
    f"POST {ONE_ISSUE}/worklog": (("", WORK),),
    f"GET {ONE_ISSUE}/worklog": (("", OFFSET_PAGE), ("worklogs[]", WORK)),
    f"GET {ONE_ISSUE}/worklog/{{id}}": (("", WORK),),
    f"PUT {ONE_ISSUE}/worklog/{{id}}": (("", WORK),),
    f"GET {JIRA}/group/member": (("", LAST_PAGE), ("values[]", PERSON)),
    f"GET {JIRA}/group/bulk": (("", LAST_PAGE), ("values[]", GROUP)),
    f"GET {JIRA}/groups/picker": (
        ("", Needed("header total", "how many there are")),
        ("groups[]", GROUP),
    ),
    f"GET {JIRA}/user/groups": (("[]", GROUP),),
    f"POST {JIRA}/permissions/check": (
        ("projectPermissions[]", Needed("permission projects issues", "where it is granted")),
    ),
    f"POST {JIRA}/permissions/project": (("projects[]", Needed("id key", "which ones")),),
    f"GET {JIRA}/role": (("[]", ROLE),),
    f"GET {JIRA}/role/{{id}}": (("", ROLE),),
    f"GET {JIRA}/project/{{projectIdOrKey}}/role/{{id}}": (
        ("", ROLE),
        ("actors[]", Needed("id displayName type", "who plays it")),
    ),
    f"GET {JIRA}/project/{{projectIdOrKey}}/roledetails": (("[]", ROLE),),
    f"GET {JIRA}/project/{{projectKeyOrId}}/permissionscheme": (("", SCHEME),),
    f"GET {JIRA}/permissionscheme": (("permissionSchemes[]", SCHEME),),
    f"GET {JIRA}/permissionscheme/{{schemeId}}": (("", SCHEME),),
    f"GET {JIRA}/project/{{projectKeyOrId}}/securitylevel": (("levels[]", LEVEL),),
    f"GET {JIRA}/securitylevel/{{id}}": (("", LEVEL),),
    f"GET {JIRA}/bulk/issues/transition": (
        ("availableTransitions[]", Needed("issues transitions", "which issues may go where")),
    ),
    f"POST {JIRA}/bulk/issues/transition": (("", TASK),),
    f"POST {JIRA}/bulk/issues/fields": (("", TASK),),
    f"POST {JIRA}/bulk/issues/delete": (("", TASK),),
    f"POST {JIRA}/bulk/issues/watch": (("", TASK),),
    f"POST {JIRA}/bulk/issues/unwatch": (("", TASK),),
    f"GET {JIRA}/bulk/queue/{{taskId}}": only(
        "taskId status progressPercent processedAccessibleIssues failedAccessibleIssues",
        "how far it is, and what failed",
    ),
    f"POST {JIRA}/jql/parse": (("queries[]", Needed("query", "answers are told by the query")),),
    f"GET {JIRA}/jql/autocompletedata": (
        ("visibleFieldNames[]", Needed("value displayName operators", "what may be written")),
        ("visibleFunctionNames[]", Needed("value displayName types", "what may be called")),
    ),
    f"POST {JIRA}/jql/autocompletedata": (
        ("visibleFieldNames[]", Needed("value displayName operators", "what may be written")),
    ),
    f"GET {JIRA}/jql/autocompletedata/suggestions": (
        ("results[]", Needed("value displayName", "what to show and what to write")),
    ),
    f"GET {JIRA}/serverInfo": only(
        "baseUrl version versionNumbers deploymentType serverTime", "a client tells Cloud by it"
    ),
    f"GET {WIKI}/spaces": paged("results[]", SPACE),
    f"GET {WIKI}/spaces/{{id}}": (("", SPACE), ("", LINKS)),
    f"GET {WIKI}/spaces/{{id}}/pages": paged("results[]", PAGE),
    f"GET {WIKI}/labels/{{id}}/pages": paged("results[]", PAGE),
    f"GET {WIKI}/pages": paged("results[]", PAGE),
    f"POST {WIKI}/pages": (("", PAGE), ("", LINKS)),
    f"GET {WIKI}/pages/{{id}}": (("", PAGE), ("", LINKS)),
    f"PUT {WIKI}/pages/{{id}}": (("", PAGE), ("", LINKS)),
    f"PUT {WIKI}/pages/{{id}}/title": (("", PAGE), ("", LINKS)),
    f"GET {WIKI}/pages/{{id}}/labels": paged("results[]", LABEL),
    f"GET {WIKI}/pages/{{id}}/versions": paged("results[]", VERSION),
    f"GET {WIKI}/pages/{{page-id}}/versions/{{version-number}}": (("", VERSION),),
    f"GET {WIKI}/pages/{{id}}/children": paged("results[]", TREE_PAGE),
    f"GET {WIKI}/pages/{{id}}/direct-children": paged("results[]", TREE_PAGE),
    f"GET {WIKI}/pages/{{id}}/descendants": paged("results[]", TREE_PAGE),
    f"GET {WIKI}/pages/{{id}}/ancestors": paged("results[]", Needed("id type", "no more is told")),
    f"GET {WIKI}/pages/{{page-id}}/properties": paged("results[]", PROPERTY),
    f"POST {WIKI}/pages/{{page-id}}/properties": (("", PROPERTY),),
    f"GET {WIKI}/pages/{{page-id}}/properties/{{property-id}}": (("", PROPERTY),),
    f"PUT {WIKI}/pages/{{page-id}}/properties/{{property-id}}": (("", PROPERTY),),
    f"POST {WIKI}/footer-comments": (("", REMARK), ("", Needed("body.storage.value", "as sent"))),
    f"GET {WIKI}/footer-comments/{{comment-id}}": (("", REMARK),),
    f"PUT {WIKI}/footer-comments/{{comment-id}}": (("", REMARK),),
    f"GET {WIKI}/footer-comments/{{id}}/children": paged("results[]", REMARK),
    f"GET {WIKI}/pages/{{id}}/footer-comments": paged("results[]", REMARK),
    f"GET {WIKI}/footer-comments": paged("results[]", REMARK),
    f"GET {WIKI}/footer-comments/{{id}}/versions": paged("results[]", VERSION),
    f"GET {WIKI}/footer-comments/{{id}}/versions/{{version-number}}": (("", VERSION),),
    f"GET {WIKI}/footer-comments/{{id}}/operations": (("operations[]", OPERATION),),
    f"GET {WIKI}/pages/{{id}}/operations": (("operations[]", OPERATION),),
    f"POST {WIKI}/inline-comments": (("", INLINE), ("", LINKS)),
    f"GET {WIKI}/inline-comments": paged("results[]", INLINE),
    f"GET {WIKI}/inline-comments/{{comment-id}}": (("", INLINE), ("", LINKS)),
    f"PUT {WIKI}/inline-comments/{{comment-id}}": (("", INLINE),),
    f"GET {WIKI}/inline-comments/{{id}}/children": paged("results[]", REMARK),
    f"GET {WIKI}/inline-comments/{{id}}/versions": paged("results[]", VERSION),
    f"GET {WIKI}/inline-comments/{{id}}/versions/{{version-number}}": (("", VERSION),),
    f"GET {WIKI}/inline-comments/{{id}}/operations": (("operations[]", OPERATION),),
    f"GET {WIKI}/pages/{{id}}/inline-comments": paged("results[]", INLINE),
    f"POST {WIKI}/users-bulk": (("results[]", WIKI_PERSON),),
    f"GET {V1}/search": (
        ("", V1_LIST),
        ("", Needed("totalSize cqlQuery searchDuration", "a search says how much it found")),
        ("", LINKS),
        ("results[]", V1_FOUND),
    ),
    f"GET {V1}/content/search": (("", V1_LIST), ("", LINKS), ("results[]", V1_PAGE)),
    f"GET {V1}/content": (("", V1_LIST), ("", LINKS), ("results[]", V1_PAGE)),
    f"POST {V1}/content": (("", V1_PAGE), ("", LINKS)),
    f"GET {CONTENT}": (("", V1_PAGE), ("", LINKS)),
    f"PUT {CONTENT}": (("", V1_WHOLE_PAGE), ("", LINKS)),
    f"GET {CONTENT}/history": only("latest createdBy createdDate", "who wrote it first, and when"),
    f"GET {CONTENT}/version": (("", V1_LIST), ("results[]", V1_VERSION)),
    f"POST {CONTENT}/version": (("", V1_VERSION),),
    f"GET {CONTENT}/version/{{versionNumber}}": (("", V1_VERSION),),
    f"GET {CONTENT}/child": (("page.results[]", V1_PAGE), ("comment", V1_LIST)),
    f"GET {CONTENT}/child/comment": (
        ("", V1_LIST),
        ("results[]", Needed("id type title version.number body.view.value", "what was expanded")),
    ),
    f"GET {CONTENT}/child/{{type}}": (("", V1_LIST), ("results[]", V1_PAGE)),
    f"GET {CONTENT}/descendant": (("page.results[]", V1_PAGE),),
    f"GET {CONTENT}/descendant/{{type}}": (("", V1_LIST), ("results[]", V1_PAGE)),
    f"GET {CONTENT}/property": (("", V1_LIST), ("results[]", V1_PROPERTY)),
    f"POST {CONTENT}/property": (("", V1_PROPERTY),),
    f"GET {CONTENT}/property/{{key}}": (("", V1_PROPERTY),),
    f"PUT {CONTENT}/property/{{key}}": (("", V1_PROPERTY),),
    f"POST {CONTENT}/property/{{key}}": (("", V1_PROPERTY),),
    f"GET {V1}/user": (("", V1_PERSON),),
    f"GET {V1}/user/current": (("", V1_PERSON), ("", Needed("timeZone", "CQL's days are theirs"))),
    f"GET {V1}/user/watch/content/{{contentId}}": only("watching", "the one thing asked for"),
    f"GET {V1}/space": (("", V1_LIST), ("results[]", SPACE)),
    f"GET {V1}/space/{{spaceKey}}": (("", SPACE), ("", LINKS)),
    f"GET {V1}/user/watch/space/{{spaceKey}}": only("watching", "the one thing asked for"),
    f"GET {V1}/user/watch/label/{{labelName}}": only("watching", "the one thing asked for"),
    f"GET {V1}/user/memberof": (("", V1_LIST), ("results[]", Needed("type name id", "a group"))),
    f"GET {RELATION}": only("name", "which relation it is"),
    f"PUT {RELATION}": only("name", "which relation it is"),
    f"GET {CONTENT}/label": (("", V1_LIST), ("results[]", V1_LABEL)),
    f"POST {CONTENT}/label": (("", V1_LIST), ("results[]", V1_LABEL)),
    f"GET {CONTENT}/history/{{version}}/macro/id/{{macroId}}": only(
        "name body parameters", "what a macro's remote part needs to draw it"
    ),
    f"POST {CONTENT}/permission/check": only("hasPermission", "the one thing asked for"),
    f"GET {CONTENT}/restriction": (("", V1_LIST), ("results[]", RESTRICTION)),
    f"POST {CONTENT}/restriction": (("", V1_LIST), ("results[]", RESTRICTION)),
    f"PUT {CONTENT}/restriction": (("", V1_LIST), ("results[]", RESTRICTION)),
    f"DELETE {CONTENT}/restriction": (("", V1_LIST), ("results[]", RESTRICTION)),
    f"GET {CONTENT}/restriction/byOperation": (("{}", RESTRICTION),),
    f"GET {CONTENT}/restriction/byOperation/{{operationKey}}": (("", RESTRICTION),),
}

# Described as JSON, and nothing can be asked for.
NOTHING_NEEDED = {
    f"GET {WIKI}/pages/{{id}}/attachments": "no page has any",
    f"PUT {ONE_ISSUE}/properties/{{propertyKey}}": "the described body is empty",
    f"POST {JIRA}/issueLink": "the described body is empty",
    f"GET {JIRA}/project/{{projectIdOrKey}}/role": "its keys are the names of the roles",
}


def missing_keys(operation: str, body: object) -> list[str]:
    """Needed keys that the body has not, as `issues[0].key`."""
    return [
        f"{at}.{key}".lstrip(".")
        for place, needed in NEEDED.get(operation, ())
        for at, holder in _asked(place, needed, body)
        for key in needed.keys.split()
        if not _has(holder, key.split("."))
    ]


def untouched(operation: str, bodies: list[object]) -> list[str]:
    """Places that none of the bodies has, so that nothing was asked for there."""
    return [
        place
        for place, needed in NEEDED.get(operation, ())
        if not any(_asked(place, needed, body) for body in bodies)
    ]


def _asked(place: str, needed: Needed, body: object) -> list[tuple[str, object]]:
    return [
        (at, holder)
        for at, holder in holders(place, body)
        if not needed.beside or _has(holder, [needed.beside])
    ]


def holders(place: str, body: object, at: str = "") -> Iterator[tuple[str, object]]:
    """Everything that stands at a place, and where."""
    if not place:
        yield at, body
        return
    name, rest = _first(place)
    if name == "[]":
        for number, one in enumerate(body if isinstance(body, list) else ()):
            yield from holders(rest, one, f"{at}[{number}]")
    elif name == "{}":
        for key, one in (body if isinstance(body, dict) else {}).items():
            yield from holders(rest, one, f"{at}.{key}")
    elif isinstance(body, dict) and name in body:
        yield from holders(rest, body[name], f"{at}.{name}".lstrip("."))


def _first(place: str) -> tuple[str, str]:
    """The first step of a place, and what is left of it."""
    place = place.lstrip(".")
    if place[:2] in {"[]", "{}"}:
        return place[:2], place[2:]
    ends = [place.find(sign) for sign in (".", "[", "{") if sign in place]
    end = min(ends, default=len(place))
    return place[:end], place[end:]


def _has(holder: object, steps: list[str]) -> bool:
    for step in steps:
        if not isinstance(holder, dict) or step not in holder:
            return False
        holder = holder[step]
    return True

"""What real sites answer and the descriptions forget to say; nothing else is forgiven."""

from tests.sandbox.published import MayBeNull, MayHave

NO_PARENT = "its own text: “or null if there is no parent”; a page at the top of a space has none"
NOT_SET = "a field that was empty before or is empty now; the recorded webhooks show it"
NAMED_BY_BODY_FORMAT = "the parameter `body-format` names it, and the answer's schema does not"
NAMED_BY_INCLUDE = "a parameter `include-…` names it, and the answer's schema does not"
MISNAMED = "the description gives the key of the map, `operationType`, as if it were a key within"

ANY_CLAUSE = "it is any of four kinds of clauses, and forbids the keys of all of them"
JIRA: tuple[MayBeNull | MayHave, ...] = (
    *(
        MayBeNull(f"components/schemas/ChangeDetails/properties/{end}", NOT_SET)
        for end in ("from", "fromString", "to", "toString")
    ),
    *(
        MayHave("components/schemas/JqlQueryClause", name, ANY_CLAUSE)
        for name in ("clauses", "field", "operand", "operator", "predicates")
    ),
)
WIKI: tuple[MayBeNull | MayHave, ...] = (
    *(
        MayBeNull(f"components/schemas/{page}/properties/{name}", NO_PARENT)
        for page in ("PageSingle", "PageBulk")
        for name in ("parentId", "parentType")
    ),
    *(
        MayHave("components/schemas/BodySingle", name, NAMED_BY_BODY_FORMAT)
        for name in ("export_view", "anonymous_export_view", "styled_view", "editor")
    ),
    *(
        MayHave("components/schemas/PageSingle", name, NAMED_BY_INCLUDE)
        for name in ("collaborators", "directChildren")
    ),
)
_BY_OPERATION = (
    "paths/~1wiki~1rest~1api~1content~1{id}~1restriction~1byOperation/get/responses/200"
    "/content/application~1json/schema/additionalProperties"
)
WIKI_V1: tuple[MayBeNull | MayHave, ...] = tuple(
    MayHave(_BY_OPERATION, name, MISNAMED) for name in ("operation", "restrictions", "_expandable")
)

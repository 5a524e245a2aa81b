"""Macros and the nodes of the new editor as storage format."""

from xml.sax.saxutils import escape, quoteattr

from sandbox.wire import JsonObject, as_object, as_text


def attribute(name: str, value: object) -> str:
    return f" {name}={quoteattr(str(value))}" if value not in (None, "") else ""


def macro(
    name: str, given: dict[str, str], rich: str | None, attributes: str = "", version: str = "1"
) -> str:
    told = "".join(
        f"<ac:parameter ac:name={quoteattr(key)}>{escape(value)}</ac:parameter>"
        for key, value in given.items()
    )
    body = "" if rich is None else f"<ac:rich-text-body>{rich}</ac:rich-text-body>"
    known = f"ac:name={quoteattr(name)} ac:schema-version={quoteattr(version)}{attributes}"
    return f"<ac:structured-macro {known}>{told}{body}</ac:structured-macro>"


def plain_body(words: str) -> str:
    closed = words.replace("]]>", "]]]]><![CDATA[>")
    return f"<ac:plain-text-body><![CDATA[{closed}]]></ac:plain-text-body>"


def core_macro(told: JsonObject, rich: str | None) -> str:
    """A macro of the old kind from an extension's attributes."""
    parameters = as_object(told.get("parameters"))
    given = {
        name: as_text(as_object(held).get("value"))
        for name, held in as_object(parameters.get("macroParams")).items()
    }
    plain = given.pop("__bodyContent", None)
    metadata = as_object(parameters.get("macroMetadata"))
    macro_id = as_text(as_object(metadata.get("macroId")).get("value"))
    version = as_text(as_object(metadata.get("schemaVersion")).get("value")) or "1"
    attributes = "".join(
        (
            attribute("data-layout", told.get("layout")),
            attribute("ac:local-id", told.get("localId")),
            attribute("ac:macro-id", macro_id),
        )
    )
    written = macro(as_text(told.get("extensionKey")), given, rich, attributes, version)
    if plain is None:
        return written
    return written.replace("</ac:structured-macro>", f"{plain_body(plain)}</ac:structured-macro>")


def adf_attributes(told: JsonObject) -> str:
    return "".join(
        f"<ac:adf-attribute key={quoteattr(_kebab(key))}{_typed(value)}</ac:adf-attribute>"
        for key, value in told.items()
    )


def _typed(value: object) -> str:
    if isinstance(value, dict):
        inner = "".join(
            f"<ac:adf-parameter key={quoteattr(_kebab(key))}{_typed(held)}</ac:adf-parameter>"
            for key, held in value.items()
        )
        return f">{inner}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f' type="integer">{value}'
    return f">{escape(str(value))}"


def _kebab(name: str) -> str:
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name)

"""
Where a registered macro's iframe points.

On a Cloud site an app's descriptor says this; here the sandbox's own registration does.
"""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

OKR_MACRO = "okr-objective"
OKR_MACRO_PATH = (
    "/macros/objective?page={page.id}&objective={objective}&locale={locale}&theme={theme}"
)
_VARIABLE = re.compile(r"\{([\w.-]+)\}")


def okr_macro_url(base: str) -> str:
    return base.rstrip("/") + OKR_MACRO_PATH


def frame_url(template: str, values: dict[str, str]) -> str:
    """
    The template with its variables filled; a parameter whose value is not known is left out.

    >>> frame_url("http://h/m?page={page.id}&objective={objective}", {"page.id": "7"})
    'http://h/m?page=7'
    """
    scheme, host, path, query, fragment = urlsplit(template)
    kept = [
        (name, _VARIABLE.sub(lambda found: values[found[1]], value))
        for name, value in parse_qsl(query, keep_blank_values=True)
        if all(variable in values for variable in _VARIABLE.findall(value))
    ]
    return urlunsplit((scheme, host, path, urlencode(kept), fragment))


def origin(url: str) -> str:
    scheme, host, *_ = urlsplit(url)
    return f"{scheme}://{host}"

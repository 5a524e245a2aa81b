"""Raw JSON, as it is before it has been parsed at the border."""

from typing import Any

# Any only here, where JSON is still raw: inside there are frozen types.
JsonObject = dict[str, Any]

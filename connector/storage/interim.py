import base64
import pickle

from connector.core.json import JsonObject
from connector.core.okr import OkrPage


def dump(page: OkrPage) -> JsonObject:
    return {"pickle": base64.b64encode(pickle.dumps(page)).decode()}


def load(body: JsonObject) -> OkrPage:
    page = pickle.loads(base64.b64decode(body["pickle"]))
    assert isinstance(page, OkrPage)
    return page

"""A page of Confluence or Jira around a frame of the app, as far as the frame can tell.

The frames run with the real `@forge/bridge`; what stands in is the one function below it that
Atlassian's page puts into each frame, `__bridge.callBridge`. The files come with the policy of
Forge's CDN, without the hosts of Atlassian that it also allows (npm `@forge/csp` 6.3.2).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Page

POLICY = (
    "default-src 'self'; frame-src 'self'; font-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; script-src 'self'; style-src 'self'; form-action 'self'; "
    "sandbox allow-downloads allow-forms allow-modals allow-pointer-lock allow-same-origin "
    "allow-scripts"
)
KINDS = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
}
_BRIDGE = """
  window.__bridge = { callBridge: async (name, given) => {
    if (name === "on") window.heard = given.callback;
    const plain = name === "on" ? { event: given.event } : given;
    const answer = await window.callHost(name, plain ?? null);
    if (name === "enableTheming") document.documentElement.dataset.colorMode = answer;
    return answer;
  } };
"""

# Any only here: what crosses the bridge is raw JSON.
Answer = dict[str, Any]


@dataclass
class Host:
    """What the frame asked through the bridge, and what it is told."""

    context: Answer
    answer: Answer | None = None
    asked: list[Answer] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    called: list[str] = field(default_factory=list)
    submitted: Any = None
    refuses: str = ""
    colours: str = "light"

    def shows(self, html: str, etag: str) -> None:
        self.answer = {"status": 200, "headers": {}, "body": {"html": html, "etag": etag}}

    def unchanged(self) -> None:
        self.answer = {"status": 200, "headers": {}, "body": {"unchanged": True}}

    def fails(self, status: int) -> None:
        body = {"type": "about:blank", "title": "No", "status": status}
        self.answer = {"status": status, "headers": {}, "body": body}

    def is_silent(self) -> None:
        """The bridge itself gives up, as at a time-out or a limit."""
        self.answer = None

    def call(self, name: str, given: Any) -> Any:
        self.called.append(name)
        match name:
            case "getContext":
                return self.context
            case "invoke":
                return self._invoked(given)
            case "enableTheming":
                return self.colours
            case "navigate":
                self.opened.append(given["url"])
            case "submit":
                if self.refuses:
                    raise ValueError(self.refuses)
                self.submitted = given
        return None

    def _invoked(self, given: Answer) -> Answer:
        self.asked.append(given)
        if self.answer is None:
            return {"success": False, "error": {"message": "limit exceeded"}}
        return {"success": self.answer["status"] == 200} | {
            "payload" if self.answer["status"] == 200 else "error": self.answer
        }


def attach(page: Page, host: Host) -> None:
    """Before the frame is opened."""
    page.expose_function("callHost", host.call)
    page.add_init_script(_BRIDGE)


@contextmanager
def cdn(folder: Path) -> Iterator[str]:
    """The address under which the built frames are served."""

    class Files(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = folder / self.path.split("?")[0].lstrip("/")
            found = file.is_file() and file.resolve().is_relative_to(folder.resolve())
            body = file.read_bytes() if found else b""
            self.send_response(200 if found else 204)
            self.send_header("Content-Type", KINDS.get(file.suffix, "text/plain"))
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its signature
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()

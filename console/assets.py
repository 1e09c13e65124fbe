"""Assets: style, script and icon under names that say their content, so that browsers keep them for good."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(__file__).parent / "static"
PATH = "/assets"
TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
YEAR = 31_536_000  # seconds


class Assets:
    """All that a page loads, read once: nothing here is secret, so it goes out shortened."""

    def __init__(self) -> None:
        files = [path for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES]
        self._contents = {_named(path): path.read_bytes() for path in files}
        self._shortened = {name: gzip.compress(content, mtime=0) for name, content in self._contents.items()}
        self._addresses = {path.name: f"{PATH}/{_named(path)}" for path in files}

    def address(self, name: str) -> str:
        """Where a file is, by its plain name."""
        return self._addresses[name]

    def route(self) -> Route:
        return Route(f"{PATH}/{{name}}", self._served)

    async def _served(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in self._contents:
            return Response(status_code=404)
        headers = {
            "content-type": TYPES[Path(name).suffix],
            "cache-control": f"public, max-age={YEAR}, immutable",
            "vary": "Accept-Encoding",
        }
        if "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self._shortened[name], headers={**headers, "content-encoding": "gzip"})
        return Response(self._contents[name], headers=headers)


def _named(path: Path) -> str:
    return f"{path.stem}.{hashlib.sha256(path.read_bytes()).hexdigest()[:12]}{path.suffix}"

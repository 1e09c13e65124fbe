from typing import Any

class Session:
    def __init__(self, session_vars: dict[str, tuple[Any, Any, Any, Any]] | None = None) -> None: ...

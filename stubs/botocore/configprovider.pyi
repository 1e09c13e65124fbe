from typing import Any

BOTOCORE_DEFAUT_SESSION_VARIABLES: dict[str, tuple[Any, Any, Any, Any]]

from typing import Any

from botocore.config import Config
from botocore.session import Session as CoreSession

class Session:
    def __init__(
        self,
        *,
        aws_access_key_id: str,
        aws_secret_access_key: str,
        region_name: str,
        botocore_session: CoreSession,
    ) -> None: ...
    def client(self, service_name: str, *, endpoint_url: str | None, verify: bool, config: Config) -> Any: ...

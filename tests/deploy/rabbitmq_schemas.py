"""RabbitMQ schemas: the fields of the two RabbitMQ operators' and of the backup plugin's objects that we use, and no others.

No package has their definitions, so these were written by hand from the operators' own references.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
PATTERN: Schema = {"type": "string", "format": "regex"}
ANYTHING: Schema = {"type": "object"}


def closed(required: str, **properties: Schema) -> Schema:
    """An object that has these properties and no others; `required` names those that it must have."""
    return {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}


NAME = closed("name", name=TEXT)
CLUSTER: Schema = {"rabbitmqClusterReference": NAME}
USER: Schema = {"user": TEXT, "userReference": NAME}
ONE_USER: Schema = {"oneOf": [{"required": ["user"]}, {"required": ["userReference"]}]}
RESOURCES = closed("requests limits", requests=ANYTHING, limits=ANYTHING)

SPECS: dict[str, Schema] = {
    "RabbitmqCluster": closed(
        "replicas resources persistence tls",
        replicas={"type": "integer", "minimum": 1},
        image=TEXT,
        resources=RESOURCES,
        persistence=closed("storage", storage=TEXT, storageClassName=TEXT),
        tls=closed("secretName", secretName=TEXT, caSecretName=TEXT, disableNonTLSListeners={"type": "boolean"}),
        rabbitmq=closed("", additionalConfig=TEXT, additionalPlugins={"type": "array", "items": TEXT}),
        affinity=ANYTHING,
        override=closed("statefulSet", statefulSet=closed("spec", spec=closed("template", template=ANYTHING))),
    ),
    "Vhost": closed("name rabbitmqClusterReference", name=TEXT, defaultQueueType={"enum": ["quorum"]}, **CLUSTER),
    "User": closed(
        "rabbitmqClusterReference importCredentialsSecret",
        tags={"type": "array", "items": {"enum": ["management", "policymaker", "monitoring", "administrator"]}},
        importCredentialsSecret=NAME,
        **CLUSTER,
    ),
    "Permission": closed(
        "vhost permissions rabbitmqClusterReference",
        vhost=TEXT,
        permissions=closed("configure write read", configure=PATTERN, write=PATTERN, read=PATTERN),
        **USER,
        **CLUSTER,
    )
    | ONE_USER,
    "TopicPermission": closed(
        "vhost permissions rabbitmqClusterReference",
        vhost=TEXT,
        permissions=closed("exchange", exchange=TEXT, write=PATTERN, read=PATTERN),
        **USER,
        **CLUSTER,
    )
    | ONE_USER,
    "Exchange": closed(
        "name vhost type rabbitmqClusterReference",
        name=TEXT,
        vhost=TEXT,
        type={"enum": ["direct", "fanout", "topic", "headers"]},
        durable={"type": "boolean"},
        autoDelete={"type": "boolean"},
        arguments=ANYTHING,
        **CLUSTER,
    ),
    "Policy": closed(
        "name vhost pattern definition rabbitmqClusterReference",
        name=TEXT,
        vhost=TEXT,
        pattern=PATTERN,
        applyTo=TEXT,
        priority={"type": "integer"},
        definition=ANYTHING,
        **CLUSTER,
    ),
    "ObjectStore": closed(
        "configuration retentionPolicy",
        retentionPolicy={"type": "string", "pattern": "^[1-9][0-9]*[dwm]$"},
        configuration=closed(
            "destinationPath s3Credentials wal data",
            destinationPath={"type": "string", "pattern": "^s3://"},
            endpointURL={"type": "string", "pattern": "^https://"},
            s3Credentials=closed(
                "accessKeyId secretAccessKey",
                accessKeyId=closed("name key", name=TEXT, key=TEXT),
                secretAccessKey=closed("name key", name=TEXT, key=TEXT),
            ),
            wal=closed("compression", compression={"enum": ["gzip"]}, maxParallel={"type": "integer", "minimum": 1}),
            data=closed("compression", compression={"enum": ["gzip"]}),
        ),
        instanceSidecarConfiguration=closed("resources", resources=RESOURCES),
    ),
}

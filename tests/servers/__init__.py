"""Private servers for the tests: RabbitMQ, PostgreSQL, SMTP and a hostile network, started when a test asks."""

# 枢纽的镜像：每个进程都是 `hub <命令>` · The hub's image: every process is `hub <something>`.
# A release pins the base by digest: docker build --build-arg PYTHON_IMAGE=python@sha256:… .
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
RUN python -m venv --without-pip /opt/hub
COPY requirements.lock /tmp/
# Wheels only: a source distribution would fetch build tools, which no lock file names.
RUN python -m pip --python /opt/hub/bin/python install --no-cache-dir --only-binary :all: \
    --require-hashes --requirement /tmp/requirements.lock
RUN printf '#!/bin/sh\nexec /opt/hub/bin/python -P -m hub "$@"\n' > /opt/hub/bin/hub && chmod 755 /opt/hub/bin/hub
COPY LICENSE /app/
COPY contracts /app/contracts
COPY kit /app/kit
COPY services /app/services
COPY gateway /app/gateway
COPY hub /app/hub
RUN /opt/hub/bin/python -m compileall -q --invalidation-mode unchecked-hash /app

FROM ${PYTHON_IMAGE}
# 证书所用的字体 · the font of certificates
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends fonts-noto-cjk && rm -rf /var/lib/apt/lists/*
RUN groupadd --gid 10001 hub \
    && useradd --uid 10001 --gid hub --no-create-home --home-dir /var/lib/hub hub \
    && install --directory --owner hub --group hub --mode 0700 /var/lib/hub /var/lib/files
COPY --from=build /opt/hub /opt/hub
COPY --from=build /app /app
# A container is reached from outside, so it listens on every address of its own network.
ENV PATH=/opt/hub/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 HUB_HOME=/var/lib/hub HUB_HOST=0.0.0.0
WORKDIR /var/lib/hub
USER 10001:10001
EXPOSE 8000 8081
ENTRYPOINT ["hub"]
CMD ["--help"]

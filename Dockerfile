# 枢纽的镜像：每个进程都是 `hub <命令>` · The hub's image: every process is `hub <something>`.
#
#   docker build --build-arg VERSION=0.1.0 --build-arg REVISION="$(git rev-parse HEAD)" \
#     --build-arg SOURCE_DATE_EPOCH="$(git log -1 --format=%ct)" --build-arg PYTHON_IMAGE=python@sha256:… .
#
# A release pins the base by digest. Built again from the same base, font, lock file and sources, every file is the same byte
# for byte: no step writes the time or anything random. `make rehearse-image` builds and runs it where there is no Docker.
# checkov:skip=CKV_DOCKER_7: the base has its tag here, where the check does not look
ARG PYTHON_IMAGE=python:3.11-slim-bookworm

FROM ${PYTHON_IMAGE} AS build
# Python writes sets into its bytecode in the order of their hashes, which are random unless they are told not to be.
ENV PYTHONHASHSEED=0
RUN python -m venv --without-pip /opt/hub
COPY requirements.lock /tmp/
# Wheels only: a source distribution would fetch build tools, which no lock file names.
RUN python -m pip --python /opt/hub/bin/python install --no-cache-dir --no-compile --only-binary :all: \
    --require-hashes --requirement /tmp/requirements.lock
RUN printf '#!/bin/sh\nexec /opt/hub/bin/python -P -m hub "$@"\n' > /opt/hub/bin/hub && chmod 755 /opt/hub/bin/hub
COPY LICENSE NOTICE /app/
COPY contracts /app/contracts
COPY procedures /app/procedures
COPY kit /app/kit
COPY services /app/services
COPY gateway /app/gateway
COPY console /app/console
COPY hub /app/hub
# The bytecode names no time of its source, so that it is good and the same on every machine.
RUN /opt/hub/bin/python -m compileall -q --invalidation-mode unchecked-hash /opt/hub /app

# 物料清单 · the bill of materials (CycloneDX), made by packages that stay behind
FROM build AS bill
COPY requirements-supply.lock /tmp/
RUN python -m venv /opt/supply && /opt/supply/bin/python -m pip install --no-cache-dir --only-binary :all: \
    --require-hashes --requirement /tmp/requirements-supply.lock
ARG SOURCE_DATE_EPOCH
RUN /opt/supply/bin/cyclonedx-py environment --output-reproducible --gather-license-texts \
    --output-file /opt/bom.cdx.json /opt/hub/bin/python

# 证书所用的字体 · the fonts of certificates: of each package the files that names need (kit/fonts/settings.py)
FROM ${PYTHON_IMAGE} AS font
# hadolint ignore=DL3008
RUN apt-get update && apt-get install --yes --no-install-recommends \
    fonts-hanazono fonts-noto-cjk fonts-noto-core && rm -rf /var/lib/apt/lists/*

FROM ${PYTHON_IMAGE}
ARG SOURCE_DATE_EPOCH
# Nothing is installed into a hub that runs: pip and its kin stay behind, and root owns all but the folders of data and keys
# and the one that `hub broker definitions` shares with RabbitMQ.
RUN rm -rf /usr/local/bin/pip* /usr/local/lib/python3*/ensurepip /usr/local/lib/python3*/site-packages/* \
    && groupadd --gid 10001 hub \
    && useradd --uid 10001 --gid hub --no-log-init --no-create-home --home-dir /var/lib/hub --shell /usr/sbin/nologin hub \
    && install --directory --owner hub --group hub --mode 0700 /var/lib/hub /var/lib/files /var/lib/call-key \
    && install --directory --owner hub --group hub --mode 0755 /definitions /var/lib/call-keys
COPY --from=font /usr/share/doc/fonts-noto-cjk/copyright /usr/share/doc/fonts-noto-cjk/
COPY --from=font /usr/share/doc/fonts-noto-core/copyright /usr/share/doc/fonts-noto-core/
COPY --from=font /usr/share/doc/fonts-hanazono/copyright /usr/share/doc/fonts-hanazono/
COPY --from=font /usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc /usr/share/fonts/opentype/noto/
COPY --from=font /usr/share/fonts/truetype/noto/NotoSerif*-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansYi-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansMongolian-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansNewTaiLue-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansTai*-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansLisu-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansMiao-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansPhagsPa-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansSyriac-Regular.ttf \
    /usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf \
    /usr/share/fonts/truetype/noto/
COPY --from=font /usr/share/fonts/truetype/hanazono/HanaMin?.ttf /usr/share/fonts/truetype/hanazono/
COPY --from=build /opt/hub /opt/hub
COPY --from=build /app /app
COPY --from=bill /opt/bom.cdx.json /app/
# A container is reached from outside, so it listens on every address of its own network.
ENV PATH=/opt/hub/bin:$PATH PYTHONPATH=/app PYTHONDONTWRITEBYTECODE=1 HUB_HOME=/var/lib/hub HUB_HOST=0.0.0.0
WORKDIR /var/lib/hub
USER 10001:10001
EXPOSE 8000 8081
STOPSIGNAL SIGTERM
# The image runs servers on two ports and commands that end, so no one check is true of all: compose and the manifests have
# a check for each process.
HEALTHCHECK NONE
ENTRYPOINT ["hub"]
CMD ["--help"]

ARG PYTHON_IMAGE
ARG VERSION=development
ARG REVISION=unknown
ENV HUB_VERSION=${VERSION}
LABEL org.opencontainers.image.title="Delta Hub" \
      org.opencontainers.image.description="长三角教育协作枢纽 · the hub of education bodies of several provinces" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${PYTHON_IMAGE}"

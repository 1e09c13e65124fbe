# 三角洲枢纽的命令；不带目标的 make 显示菜单。 The hub's commands; `make` alone prints the menu.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEPLOY := .venv-deploy
SUPPLY := .venv-supply
ATTACK := .venv-attack
PEERS := .venv-peers
SCHEMAS := tests/deploy/node_modules
# Two processes, a file each at a time, in the order of the folders: by size, the few long tests would come last and one by one.
TWO := -n 2 --dist loadfile --no-loadscope-reorder
PIP_INSTALL := @$(BIN)/python hub/installing.py
UV_COMPILE := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --universal \
	--python-version 3.11 --generate-hashes --no-emit-index-url

.DELETE_ON_ERROR:
.PHONY: menu run flow parked rings test test-postgres test-fast check check-deploy rehearse-image fmt bench shots pictures lock audit notice attack mutate clean kubectl npm

menu:
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/.runtime  ## 启动枢纽（HUB_PORT 端口，HUB_HOME 数据目录） · start the hub (HUB_PORT, HUB_HOME)
	$(BIN)/hub run

flow: $(VENV)/.runtime  ## 在运行中的枢纽上执行一条命令并显示每一步 · run one command on a running hub and show each step
	$(BIN)/hub flow

parked: $(VENV)/.runtime  ## 列出搁置的消息 · list the messages that were parked
	$(BIN)/hub parked list

test: $(VENV)/.dev  ## 运行全部测试；并发的测试在两种数据库上各一遍（缺少的服务器会先安装） · run all tests, those that race on both databases (missing servers are installed first)
	$(BIN)/python tests/servers/install.py
	$(BIN)/pytest $(TWO) -m "not deploy"

test-postgres: $(VENV)/.dev  ## 在 PostgreSQL 上运行各服务的测试 · run the tests of the services on PostgreSQL
	$(BIN)/python tests/servers/install.py
	$(BIN)/pytest $(TWO) --database postgresql tests/services

test-fast: $(VENV)/.dev  ## 运行不需要服务器的测试 · run the tests that need no server
	$(BIN)/pytest $(TWO) -m "not live and not deploy"

check: $(VENV)/.dev  ## 检查格式、类型、分层、规约与生成的文件 · check style, types, layers, house rules, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy hub console gateway services procedures contracts kit bench
	$(BIN)/lint-imports
	$(BIN)/pytest tests/house
	$(BIN)/hub schema --check
	$(BIN)/hub asyncapi --check
	$(BIN)/hub rights --check
	$(BIN)/hub broker manifests --check

check-deploy: kubectl npm $(VENV)/.dev $(DEPLOY)/.checkov $(SUPPLY)/.installed $(SCHEMAS)/.installed  ## 检查镜像、compose 与 Kubernetes 清单（需要 kubectl 与 npm） · check the image, compose and the manifests (needs kubectl and npm)
	$(BIN)/python tests/servers/install.py
	$(BIN)/hadolint Dockerfile
	$(BIN)/pytest tests/house/test_processes.py
	$(BIN)/pytest $(TWO) -m deploy tests/deploy

rehearse-image: $(VENV)/.dev  ## 不用 Docker 构建并运行镜像（Debian，root） · build and run the image without Docker (Debian, root)
	$(BIN)/python -m deploy.image.rehearse $(REHEARSE)

rings: $(VENV)/.dev  ## 统计循环引用的能力族 · count the families that import each other in a ring
	$(BIN)/python -m tests.house.rings

fmt: $(VENV)/.dev  ## 整理代码格式 · format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(VENV)/.dev $(PEERS)/.installed  ## 运行基准测试，与同类软件对照，并打印结论（BENCH="page entries"） · run the benchmarks beside peers, and print verdicts (BENCH="page entries")
	$(BIN)/python tests/servers/install.py
	$(BIN)/python -m bench $(BENCH)

shots: $(VENV)/.dev  ## 拍下网页控制台的每个页面，存入 .shots · take pictures of every page of the console, in .shots
	$(BIN)/python -m tests.browser.shots

pictures: $(VENV)/.dev  ## 重拍 README 中的图片 · take the pictures of the README again
	$(BIN)/python -m tests.browser.shots readme

lock: $(VENV)/.dev  ## 重新锁定依赖（UPGRADE=--upgrade 取新版本） · lock the requirements again (UPGRADE=--upgrade for new versions)
	$(UV_COMPILE) $(UPGRADE) --output-file requirements.lock pyproject.toml
	$(UV_COMPILE) $(UPGRADE) --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
	$(UV_COMPILE) $(UPGRADE) --extra dev --extra attack --constraint requirements-dev.lock --output-file requirements-attack.lock pyproject.toml
	$(UV_COMPILE) $(UPGRADE) --output-file requirements-deploy.lock requirements-deploy.in
	$(UV_COMPILE) $(UPGRADE) --output-file requirements-supply.lock requirements-supply.in
	$(UV_COMPILE) $(UPGRADE) --output-file requirements-peers.lock requirements-peers.in

audit: npm $(SUPPLY)/.installed  ## 核对所有锁文件中已公布的漏洞（需要联网） · look for published weaknesses in all lock files (needs the network)
	@for lock in requirements*.lock; do echo "$$lock"; $(SUPPLY)/bin/pip-audit --strict --disable-pip --require-hashes --requirement $$lock || exit 1; done
	npm audit --prefix tests/deploy --package-lock-only

attack: $(ATTACK)/.installed  ## 用模糊测试攻击解析器与运行中的枢纽（ATTACK_FOR=每项秒数） · fuzz the parsers and a running hub (ATTACK_FOR=seconds of each)
	$(ATTACK)/bin/python -m tests.hostile.attack --seconds $(or $(ATTACK_FOR),60)

mutate: $(ATTACK)/.installed  ## 逐行改动权限、签名、名额、抽签与排名的代码，看测试能否发现 · change what decides line by line, and see whether the tests notice
	$(ATTACK)/bin/mutmut run > mutants.log 2>&1 || true
	$(ATTACK)/bin/python -m tests.hostile.mutants

notice: $(VENV)/.dev $(SUPPLY)/.installed  ## 重写 NOTICE：镜像所含软件及其许可 · write NOTICE again: what the image holds, and the licence of each
	$(SUPPLY)/bin/cyclonedx-py environment --output-reproducible --gather-license-texts $(BIN)/python | $(BIN)/python -m deploy.image.notice > NOTICE

clean:  ## 删除虚拟环境和缓存（保留 .hub 数据） · remove the virtual environment and caches (the data in .hub stay)
	rm -rf $(VENV) $(DEPLOY) $(SUPPLY) $(ATTACK) $(PEERS) $(SCHEMAS) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp says which lock file the environment holds; a changed lock file is installed at the next command.
$(VENV)/.runtime: requirements.lock | $(BIN)/hub
	$(PIP_INSTALL) requirements.lock
	@touch $@

$(VENV)/.dev: requirements-dev.lock | $(BIN)/hub
	$(PIP_INSTALL) requirements-dev.lock
	@touch $@ $(VENV)/.runtime

kubectl:
	@command -v kubectl > /dev/null || { \
		echo '缺少 kubectl，见 https://kubernetes.io/zh-cn/docs/tasks/tools/' >&2; \
		echo 'kubectl is missing: https://kubernetes.io/docs/tasks/tools/' >&2; exit 1; }

npm:
	@command -v npm > /dev/null || { \
		echo '缺少 npm（Node.js 20 或更新），见 https://nodejs.org/zh-cn/download' >&2; \
		echo 'npm is missing (Node.js 20 or later): https://nodejs.org/en/download' >&2; exit 1; }

# checkov in an environment of its own, because it wants other versions of what the hub uses.
$(DEPLOY)/.checkov: requirements-deploy.lock | $(BIN)/python
	$(BIN)/python -m venv $(DEPLOY)
	@echo '*' > $(DEPLOY)/.gitignore
	$(DEPLOY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-deploy.lock
	@touch $@

# What looks at the packages has packages of its own, which are not to be looked at with them.
$(SUPPLY)/.installed: requirements-supply.lock | $(BIN)/python
	$(BIN)/python -m venv $(SUPPLY)
	@echo '*' > $(SUPPLY)/.gitignore
	$(SUPPLY)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-supply.lock
	@touch $@

# What the hub is compared with is installed beside it, never into it.
$(PEERS)/.installed: requirements-peers.lock | $(BIN)/python
	$(BIN)/python -m venv $(PEERS)
	@echo '*' > $(PEERS)/.gitignore
	$(PEERS)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-peers.lock
	@touch $@

# Fuzzers and the like take seconds to install, and long to run: they have an environment of their own.
$(ATTACK)/.installed: requirements-attack.lock | $(BIN)/python
	$(BIN)/python -m venv $(ATTACK)
	@echo '*' > $(ATTACK)/.gitignore
	@echo '$(CURDIR)' > "$$($(ATTACK)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/delta-hub.pth"
	$(ATTACK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-attack.lock
	@touch $@

$(SCHEMAS)/.installed: tests/deploy/package-lock.json
	npm ci --prefix tests/deploy --no-audit --no-fund --ignore-scripts --silent
	@touch $@

# The project is put on the path of its environment, not installed into it: nothing is built, so that no build tool has
# to be fetched, and a new package is found without installing again.
$(BIN)/hub: | $(BIN)/python
	@echo '$(CURDIR)' > "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/delta-hub.pth"
	@printf '#!/bin/sh\nexec "%s" -P -m hub "$$@"\n' '$(CURDIR)/$(BIN)/python' > $@
	@chmod +x $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo '需要 Python 3.11 或更新的版本；$(PYTHON) 不是。可用 make PYTHON=python3.12 … 指定。' >&2; \
		echo 'Python 3.11 or newer is needed and $(PYTHON) is not. Name another one: make PYTHON=python3.12 …' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo '$(PYTHON) 缺少 venv 模块。在 Debian 或 Ubuntu 上执行: apt-get install python3-venv' >&2; \
		echo '$(PYTHON) has no venv module. On Debian or Ubuntu: apt-get install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

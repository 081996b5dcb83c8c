# make chat   talk to the tutor in this terminal        make test   the whole suite
# make check  style, types and content                  make lock   resolve the dependencies anew
# make vectors  embed what is new in the library, so that nobody's first start has to
# make catalogues   bring the interface's texts in other languages up to date with the code
#
# Two environments: .venv to run the tutor, .venv-test to work on it (with torch's CPU build).
# Both are installed from hashes by uv, which is brought into a folder of its own.

PYTHON ?= python3
UV := .uv/bin/uv
INSTALL = $(UV) pip install --quiet --python
TORCH := torch==2.13.0
FROM := $(if $(PIP_FIND_LINKS),--find-links $(PIP_FIND_LINKS),--torch-backend cpu)
CATALOGUES = .venv-test/bin/pybabel --quiet
LOCK = $(UV) pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --no-annotate

.PHONY: chat run test check format lock vectors catalogues clean

chat: .venv/ready
	@.venv/bin/viva chat

run: .venv/ready
	@.venv/bin/viva run

test: .venv-test/ready
	.venv-test/bin/python -m pytest

check: .venv-test/ready
	.venv-test/bin/ruff check
	.venv-test/bin/ruff format --check
	.venv-test/bin/mypy
	.venv-test/bin/viva check

format: .venv-test/ready
	.venv-test/bin/ruff check --fix-only --quiet
	.venv-test/bin/ruff format

.uv/ready: requirements-uv.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Viva needs Python 3.11 or newer: make PYTHON=python3.12 …")'
	rm -rf .uv
	$(PYTHON) -m venv .uv
	.uv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-uv.lock
	touch $@

.venv/ready: .uv/ready requirements.lock pyproject.toml
	@echo "Installing Viva (once, about a minute)…"
	$(UV) venv --quiet --clear --python $(PYTHON) .venv
	$(INSTALL) .venv --require-hashes -r requirements.lock
	$(INSTALL) .venv --no-deps --no-build-isolation --editable .
	touch $@

.venv-test/ready: .uv/ready requirements-dev.lock pyproject.toml
	$(UV) venv --quiet --clear --python $(PYTHON) .venv-test
	$(INSTALL) .venv-test $(FROM) $(TORCH)
	$(INSTALL) .venv-test --no-deps --require-hashes -r requirements-dev.lock
	$(INSTALL) .venv-test --no-deps --no-build-isolation --editable .
	touch $@

vectors: .venv-test/ready
	.venv-test/bin/python -m knowledge.beforehand

catalogues: .venv-test/ready
	$(CATALOGUES) extract --no-default-keywords -k say -k say_many:1,2 -k later -k Unreadable \
		--omit-header --add-location=file --sort-by-file -o .venv-test/viva.pot bot adapters knowledge
	for language in es fr de; do $(CATALOGUES) update --init-missing --no-fuzzy-matching \
		--ignore-obsolete --omit-header --width=100 -l $$language -D viva \
		-i .venv-test/viva.pot -d bot/locale || exit 1; done

lock: .uv/ready
	$(LOCK) --group build --extra pictures -o requirements.lock
	$(LOCK) --group dev --extra pictures --extra postgres --extra train --no-emit-package torch -o requirements-dev.lock

clean:
	rm -rf .uv .venv .venv-test

# make bench                       measures at 10k, 100k and 1m triples and writes benchmarks/RESULTS.md (20 minutes)
# make bench SIZES="10k 100k"      at sizes of your choice: shipped 10k 100k 1m 10m
# make bench ARGS="--only load"    some groups only; more options: benchmarks/README.md
# make bench-small                 a small run, under 5 minutes, that writes to build/bench/small
# make prove                       judges all mutants of the samples of contributions (half a minute), and holds both
#                                  engines of validation against each other on 100,000 triples (two minutes), and kills
#                                  200 loads into Oxigraph and 20 into Virtuoso (10 minutes; figures: docs/proofs.md),
#                                  and asks both servers 500 questions of the catalogue (5 minutes)

PYTHON ?= python3
SIZES ?= 10k 100k 1m
ARGS ?=
VENV := build/bench/venv
RUN = $(VENV)/bin/python -m benchmarks

.PHONY: bench bench-small prove

bench: $(VENV)/ready
	$(RUN) --sizes $(SIZES) $(ARGS)

bench-small: $(VENV)/ready
	$(RUN) --sizes 10k 100k --rounds 3 --limit 3 --rdflib 10k --out build/bench/small $(ARGS)

$(VENV)/ready: locks/bench.txt pyproject.toml
	$(PYTHON) -m venv --clear $(VENV)
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r locks/bench.txt
	$(VENV)/bin/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

prove:
	$(PYTHON) -m tests.validation.mutation
	RLTKG_PROVE=1 $(PYTHON) -m pytest tests/validation/test_engines.py
	RLTKG_PROVE=1 RLTKG_SERVERS=required $(PYTHON) -m pytest tests/store/test_everywhere.py tests/store/test_virtuoso.py
	RLTKG_SERVERS=required $(PYTHON) -m tests.store.sweep
	$(PYTHON) -m tests.loading.remote.kills oxigraph --kills 200 --write docs/proofs.md
	$(PYTHON) -m tests.loading.remote.kills virtuoso --kills 20 --write docs/proofs.md

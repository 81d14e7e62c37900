PYTHON ?= python3

.PHONY: serve site test chapters lab
serve site test chapters lab:
	@$(PYTHON) make.py $@

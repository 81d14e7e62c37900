PYTHON ?= python3

.PHONY: serve site test chapters report lab
serve site test chapters report lab:
	@$(PYTHON) make.py $@

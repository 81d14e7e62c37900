PYTHON ?= python3

.PHONY: serve site zip test chapters report lab
serve site zip test chapters report lab:
	@$(PYTHON) make.py $@

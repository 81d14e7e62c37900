"""Questions as items of QTI and packages of them: what the formats qti21, qti3, qti12 and cc11 are made of.

Items are built under the names of QTI 2.1 and written in either version (`xml`); others' items are read into the same names.
"""

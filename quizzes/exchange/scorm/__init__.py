"""What the two editions of SCORM share: the page, the package, and what a learning system hears of an answer.

After ADL's Run-Time Environment and Content Aggregation Model, of SCORM 1.2 (2001) and of SCORM 2004, 3rd edition (2006).
"""

"""Checking: what must hold of the tables before a report is believed. Frames in, a verdict out.

No check repairs anything. What the articles get wrong is a finding; what is checked here is whether we did. A
rule is an error where a report would mislead if it were made all the same, and a warning where a person
should look.
"""

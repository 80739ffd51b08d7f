"""Codebooks: published rules for choosing among disagreeing figures, one module a rule.

A rule gets the reports on a series, one row an evidence group, and says as polars expressions, to be
evaluated over each series, which reports it uses and what low, best and high it would code.
"""

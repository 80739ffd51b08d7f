"""Compare: turns the claims of one event into evidence groups, series, estimates and findings.

It knows claims; it never reads article text.
"""

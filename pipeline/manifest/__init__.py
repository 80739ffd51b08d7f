"""The manifest of a report: what it was made from and by, and a hash of each of its files.

Written with every report, and read back by `counterclaim verify`. Nobody needs this program to check the
files: `sha256sum -c SHA256SUMS` does.
"""

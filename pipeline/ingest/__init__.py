"""Ingest: turns files into clean articles. It knows markup, page furniture and wires; it knows no numbers."""

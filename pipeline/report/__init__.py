"""Report: turns the tables of one event into figures and pages. It computes nothing that no table holds."""

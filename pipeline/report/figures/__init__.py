"""Figures, one module each. Every mark is what somebody stated; every number printed is a claim's own."""

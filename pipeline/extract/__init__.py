"""Extract: turns one article into claims. It knows language; it knows no other article."""

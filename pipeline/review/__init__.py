"""Review: what people decided about claims, applied between extraction and comparison."""

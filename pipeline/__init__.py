"""Counterclaim: numeric claims in the news, extracted, attributed and compared."""

from typing import Final

__version__: Final = "0.1.0"

"""`python -m pipeline` is `counterclaim`."""

from pipeline.cli import main

main()

"""`python -m viewer` is `skiagram`."""

from viewer.cli import main

main()

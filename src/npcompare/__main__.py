"""`python -m npcompare`."""

from npcompare.cli import main

main()

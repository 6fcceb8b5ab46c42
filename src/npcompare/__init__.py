"""npcompare: encode, classify and compare provisions on non-punishment, each cell with proof."""

__version__ = "0.1.0"

"""The version of npcompare, in a module that everything may import."""

__version__ = "0.3.0"

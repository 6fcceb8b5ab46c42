"""Python at a notebook: corpora, classes and comparisons that are shown as tables."""

"""A corpus as a dataset: the tables of a release, the folder that has them, and the way back."""

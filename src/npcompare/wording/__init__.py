"""Texts: sentences, phrases, quotations, and texts compared with each other."""

"""Texts beside texts: sentences, phrases, quotations, alignment and redlines."""

"""Codebooks and provisions in the formats of other programs: vocabularies, annotations, XML."""

"""Coding: proposals for a text, new files, validation, and the agreement of two coders."""

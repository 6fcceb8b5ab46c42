"""From words to a coding: phrase book, suggestions, validation, new files, agreement."""

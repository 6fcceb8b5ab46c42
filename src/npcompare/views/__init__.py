"""Results to documents: which tables, columns, words and notes a reader gets."""

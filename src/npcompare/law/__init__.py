"""From files to checked provisions: reading, schemas, codebook, checks, corpus and cache."""

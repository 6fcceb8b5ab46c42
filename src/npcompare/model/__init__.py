"""The nouns: provisions as coded, classified and compared; logic; conditions of rules."""

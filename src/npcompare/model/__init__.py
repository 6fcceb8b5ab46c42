"""Provisions as coded, classified and compared; the codebook; logic; conditions of rules."""

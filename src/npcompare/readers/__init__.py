"""Documents from outside, read into numbered paragraphs.

Every file is treated as hostile: nothing is executed, no link is followed, and sizes and depths are
bounded before anything is unpacked.
"""

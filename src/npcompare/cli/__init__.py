"""The command line: commands, their options, and what is written to the terminal."""

"""The command line: it parses, calls, writes and exits."""

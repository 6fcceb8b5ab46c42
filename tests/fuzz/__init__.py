"""Properties that hold for any input, for generated tests and for coverage-guided fuzzing."""

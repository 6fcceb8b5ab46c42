"""Results as documents and as JSON: one module for each result."""

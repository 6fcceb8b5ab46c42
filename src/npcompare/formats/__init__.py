"""Documents in the formats that people use; no module here knows any law."""

"""The terminal this process runs in: what it says of itself, what its user answered, how it is served."""

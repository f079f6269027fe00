"""A working day, logged by keys and written on paper: which costs more? See ``day.toml``."""

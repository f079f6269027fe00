"""The log bar: one line records a call. State and rules are pure; ``bar.py`` is the widget around them."""

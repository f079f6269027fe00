"""The day sheet in words and as a page, for both faces."""

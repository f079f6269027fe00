"""Importing a file on the screen: what it is, what it would do, how far it is, what came of it."""

"""Pictures of tuicrm in real terminals, under a display of their own: ``python -m tools.terminals``."""

"""tuicrm: a keyboard-driven CRM in the terminal. Holds the version only, so that importing it costs nothing."""

__version__ = "0.1.0"

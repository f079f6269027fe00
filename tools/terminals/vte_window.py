"""One window with GNOME Terminal's engine in it: ``vte_window.py FONT COLUMNS ROWS COMMAND...``.

Run by a Python that has PyGObject and VTE (Debian: ``gir1.2-vte-2.91``, the system's own ``python3``), which
is seldom the one that has tuicrm; so this file imports nothing of either project.
"""

import importlib
import os
import sys


def main(font: str, columns: int, rows: int, command: list[str]) -> int:
    """Shows the window until its program ends."""
    gi = importlib.import_module("gi")
    for name, version in (("Gtk", "3.0"), ("Vte", "2.91")):
        gi.require_version(name, version)
    gtk, vte, pango, glib = (
        importlib.import_module(f"gi.repository.{name}") for name in ("Gtk", "Vte", "Pango", "GLib")
    )
    terminal = vte.Terminal()
    terminal.set_font(pango.FontDescription(font))
    terminal.set_size(columns, rows)
    terminal.set_cursor_blink_mode(vte.CursorBlinkMode.OFF)
    terminal.connect("child-exited", gtk.main_quit)
    window = gtk.Window(title="vte")
    window.connect("destroy", gtk.main_quit)
    window.add(terminal)
    environ = [f"{name}={value}" for name, value in os.environ.items()]
    terminal.spawn_async(
        vte.PtyFlags.DEFAULT, None, command, environ, glib.SpawnFlags.SEARCH_PATH, None, None, -1, None, None
    )
    window.show_all()
    terminal.grab_focus()
    gtk.main()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4:]))

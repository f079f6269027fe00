"""Themes: every shipped one can be read, can be seen, and a user's own wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.tui.apps import running, screen_lines
from textual.color import Color

from tuicrm.domain.errors import Invalid
from tuicrm.tui import themes

SHIPPED = sorted(themes.files(None))
TRUE_COLOUR = [name for name in SHIPPED if not themes.load(name).ansi]


def contrast(foreground: str | None, background: str | None) -> float:
    """The ratio of WCAG 2: 4.5 is what running text needs."""
    assert foreground is not None
    assert background is not None
    light, dark = sorted((luminance(foreground), luminance(background)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [part / 255 for part in Color.parse(colour).rgb]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_a_dark_a_light_and_an_ansi_theme_are_shipped() -> None:
    assert {"ansi", "dark", "light"} <= set(SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_theme_says_all_that_the_styles_name(name: str) -> None:
    variables = themes.load(name).variables
    assert {"crm-dim", "crm-cursor", "crm-cursor-text", "crm-cursor-blurred", "crm-bar"} <= variables.keys()


@pytest.mark.parametrize("name", TRUE_COLOUR)
def test_every_text_of_a_theme_can_be_read(name: str) -> None:
    theme = themes.load(name)
    for colour in (theme.foreground, theme.accent, theme.warning, theme.error, theme.success):
        assert contrast(colour, theme.background) >= 4.5
    for ground in (theme.background, theme.variables["crm-bar"], theme.variables["crm-cursor-blurred"]):
        assert contrast(theme.variables["crm-dim"], ground) >= 4.0
    cursor = theme.variables["crm-cursor"]
    for colour in (theme.variables["crm-cursor-text"], theme.warning, theme.error, theme.success):
        assert contrast(colour, cursor) >= 4.0


@pytest.mark.parametrize("name", SHIPPED)
async def test_the_program_opens_in_every_theme(tmp_path: Path, name: str) -> None:
    async with running(tmp_path, theme=name) as (app, _):
        assert app.theme == name
        assert "1 Today" in screen_lines(app)[0]
        assert app.native_ansi_color is (name == "ansi")


def test_a_theme_of_the_user_s_own_wins_over_a_shipped_one(tmp_path: Path) -> None:
    shipped = (themes.files(None)["dark"]).read_text()
    (tmp_path / "dark.toml").write_text(shipped.replace("#5fd7af", "#ff0000"))
    (tmp_path / "mine.toml").write_text(shipped)
    assert themes.load("dark", tmp_path).accent == "#ff0000"
    assert "mine" in themes.files(tmp_path)


@pytest.mark.parametrize("name", ["none", "../dark", "/etc/passwd", ""])
def test_an_unknown_theme_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        themes.load(name)


@pytest.mark.parametrize(
    "text", ["what?", "[colors]\nprimary = '#000000'", "[colors]\npink = '#ff00ff'", "colors = 1"]
)
def test_a_theme_file_that_makes_no_sense_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "odd.toml").write_text(text)
    with pytest.raises(Invalid):
        themes.load("odd", tmp_path)

"""The colours of a theme: what a file may say, and what is made of what it leaves out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tuicrm.domain.errors import Invalid
from tuicrm.domain.roles import NAMES, READABLE, checked, complete, contrast

GROUNDS = ("#000000", "#262626", "#10204a", "#fafafa", "#ffffd7", "#ffffff")
COLOUR = st.from_regex("#[0-9a-f]{6}", fullmatch=True)


def test_the_ratio_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)
    assert contrast("#ffffff", "#767676") == contrast("#767676", "#ffffff")


@pytest.mark.parametrize("kind", ["dark", "light", "ansi"])
def test_a_theme_may_say_nothing_at_all(kind: str) -> None:
    found_kind, found = checked({"kind": kind}, "mine.toml")
    assert set(complete(found_kind, found)) == set(NAMES)


def test_what_was_said_stays_as_it_is() -> None:
    said = {"ground": "#123456", "dim": "#223344", "bad": "#fedcba"}
    assert complete("dark", said).items() >= said.items()


@pytest.mark.parametrize("ground", GROUNDS)
def test_all_that_is_made_can_be_read(ground: str) -> None:
    kind = "light" if contrast(ground, "#000000") > contrast(ground, "#ffffff") else "dark"
    text = "#1c1c1c" if kind == "light" else "#e4e4e4"
    found = complete("light" if kind == "light" else "dark", {"ground": ground, "text": text})
    pairs = [(text, on) for text in ("dim", "accent", "warn", "bad", "good") for on in ("ground", "raised")]
    pairs += [("dim", "cursor-far"), ("cursor-text", "cursor")]
    pairs += [("caret-text", "caret"), ("selection-text", "selection")]
    pairs += [(role, "cursor") for role in ("warn", "bad", "good")]
    for role, on in pairs:
        assert contrast(found[role], found[on]) >= READABLE, (role, on, found)


@given(st.dictionaries(st.sampled_from(NAMES), COLOUR), st.sampled_from(["dark", "light"]))
def test_any_colours_make_a_whole_theme(said: dict[str, str], kind: str) -> None:
    found = complete("light" if kind == "light" else "dark", said)
    assert set(found) == set(NAMES)
    assert all(len(colour) == 7 for colour in found.values())


@pytest.mark.parametrize(
    ("table", "code", "key"),
    [
        ({"kind": "pink"}, "theme_kind", None),
        ({"colours": {}}, "theme_key", "colours"),
        ({"colors": 1}, "theme_section", None),
        ({"colors": {"pink": "#ff00ff"}}, "theme_key", "colors.pink"),
        ({"colors": {"dim": "grey"}}, "theme_color", "colors.dim"),
        ({"colors": {"dim": 12}}, "theme_color", "colors.dim"),
        ({"colors": {"dim": "#12"}}, "theme_color", "colors.dim"),
        ({"kind": "ansi", "colors": {"dim": "#121212"}}, "theme_color_ansi", "colors.dim"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_key(
    table: dict[str, object], code: str, key: str | None
) -> None:
    with pytest.raises(Invalid) as refused:
        checked(table, "themes/mine.toml")
    assert refused.value.code == code
    assert refused.value.params["file"] == "themes/mine.toml"
    assert refused.value.params.get("key") == key

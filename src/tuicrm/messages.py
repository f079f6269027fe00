"""The sentence behind every code a refusal can carry. English here; catalogues translate it.

Sorted by code. A placeholder is a parameter of the refusal (``CrmError.params``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "bug": "Something went wrong inside tuicrm; the details are in {file}.",
    "now_not_iso": "TUICRM_NOW is not a moment with an offset (2026-11-22T09:30:00+03:30): {text}",
    "settings_key_unknown": "{file}: there is no setting {key}. Settings are: {choices}.",
    "settings_not_text": "{file}: {key} must be a text in quotes.",
    "settings_not_toml": "{file} is not valid TOML: {reason}",
    "settings_region": "{file}: {key} must be a country of two letters, such as IR: {value}",
    "settings_unreadable": "{file} cannot be read: {reason}",
    "settings_value": "{file}: {key} cannot be {value}. It is one of: {choices}.",
    "settings_zone": "{file}: there is no time zone {value}.",
}

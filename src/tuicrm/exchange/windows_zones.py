"""Time zones as Windows and Outlook name them, by the names of the world's zone data.

After the table ``windowsZones`` of Unicode's CLDR, the zone of each name for the world as a whole.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final
from zoneinfo import available_timezones

_STANDARD: Final = """
Afghanistan: Asia/Kabul | Alaskan: America/Anchorage | Aleutian: America/Adak | Altai: Asia/Barnaul
Arab: Asia/Riyadh | Arabian: Asia/Dubai | Arabic: Asia/Baghdad | Argentina: America/Argentina/Buenos_Aires
Astrakhan: Europe/Astrakhan | Atlantic: America/Halifax | AUS Central: Australia/Darwin
Aus Central W.: Australia/Eucla | AUS Eastern: Australia/Sydney | Azerbaijan: Asia/Baku | Azores: Atlantic/Azores
Bahia: America/Bahia | Bangladesh: Asia/Dhaka | Belarus: Europe/Minsk | Bougainville: Pacific/Bougainville
Canada Central: America/Regina | Cape Verde: Atlantic/Cape_Verde | Caucasus: Asia/Yerevan
Cen. Australia: Australia/Adelaide | Central: America/Chicago | Central America: America/Guatemala
Central Asia: Asia/Bishkek | Central Brazilian: America/Cuiaba | Central Europe: Europe/Budapest
Central European: Europe/Warsaw | Central Pacific: Pacific/Guadalcanal | Chatham Islands: Pacific/Chatham
China: Asia/Shanghai | Cuba: America/Havana | Dateline: Etc/GMT+12 | E. Africa: Africa/Nairobi
E. Australia: Australia/Brisbane | E. Europe: Europe/Chisinau | E. South America: America/Sao_Paulo
Easter Island: Pacific/Easter | Eastern: America/New_York | Egypt: Africa/Cairo
Ekaterinburg: Asia/Yekaterinburg | Fiji: Pacific/Fiji | FLE: Europe/Helsinki | Georgian: Asia/Tbilisi
GMT: Europe/London | Greenland: America/Nuuk | Greenwich: Atlantic/Reykjavik | GTB: Europe/Bucharest
Haiti: America/Port-au-Prince | Hawaiian: Pacific/Honolulu | India: Asia/Kolkata | Iran: Asia/Tehran
Israel: Asia/Jerusalem | Jordan: Asia/Amman | Kaliningrad: Europe/Kaliningrad | Kamchatka: Asia/Kamchatka
Korea: Asia/Seoul | Libya: Africa/Tripoli | Line Islands: Pacific/Kiritimati | Lord Howe: Australia/Lord_Howe
Magadan: Asia/Magadan | Magallanes: America/Punta_Arenas | Marquesas: Pacific/Marquesas
Mauritius: Indian/Mauritius | Mid-Atlantic: Etc/GMT+2 | Middle East: Asia/Beirut | Montevideo: America/Montevideo
Morocco: Africa/Casablanca | Mountain: America/Denver | Myanmar: Asia/Yangon
N. Central Asia: Asia/Novosibirsk | Namibia: Africa/Windhoek | Nepal: Asia/Kathmandu
New Zealand: Pacific/Auckland | Newfoundland: America/St_Johns | Norfolk: Pacific/Norfolk
North Asia: Asia/Krasnoyarsk | North Asia East: Asia/Irkutsk | North Korea: Asia/Pyongyang | Omsk: Asia/Omsk
Pacific: America/Los_Angeles | Pacific SA: America/Santiago | Pakistan: Asia/Karachi | Paraguay: America/Asuncion
Qyzylorda: Asia/Qyzylorda | Romance: Europe/Paris | Russian: Europe/Moscow | SA Eastern: America/Cayenne
SA Pacific: America/Bogota | SA Western: America/La_Paz | Saint Pierre: America/Miquelon
Sakhalin: Asia/Sakhalin | Samoa: Pacific/Apia | Sao Tome: Africa/Sao_Tome | Saratov: Europe/Saratov
SE Asia: Asia/Bangkok | Singapore: Asia/Singapore | South Africa: Africa/Johannesburg | South Sudan: Africa/Juba
Sri Lanka: Asia/Colombo | Sudan: Africa/Khartoum | Syria: Asia/Damascus | Taipei: Asia/Taipei
Tasmania: Australia/Hobart | Tocantins: America/Araguaina | Tokyo: Asia/Tokyo | Tomsk: Asia/Tomsk
Tonga: Pacific/Tongatapu | Transbaikal: Asia/Chita | Turkey: Europe/Istanbul
Turks And Caicos: America/Grand_Turk | Ulaanbaatar: Asia/Ulaanbaatar | US Eastern: America/Indiana/Indianapolis
US Mountain: America/Phoenix | Venezuela: America/Caracas | Vladivostok: Asia/Vladivostok
Volgograd: Europe/Volgograd | W. Australia: Australia/Perth | W. Central Africa: Africa/Lagos
W. Europe: Europe/Berlin | W. Mongolia: Asia/Hovd | West Asia: Asia/Tashkent | West Bank: Asia/Hebron
West Pacific: Pacific/Port_Moresby | Yakutsk: Asia/Yakutsk | Yukon: America/Whitehorse
"""
"""What stands before ``Standard Time``. FLE is Finland's clock as well, whose zone every system has."""
_OTHERS: Final = {
    "central standard time (mexico)": "America/Mexico_City",
    "eastern standard time (mexico)": "America/Cancun",
    "mountain standard time (mexico)": "America/Mazatlan",
    "pacific standard time (mexico)": "America/Tijuana",
    "russia time zone 3": "Europe/Samara",
    "russia time zone 10": "Asia/Srednekolymsk",
    "russia time zone 11": "Asia/Kamchatka",
    "utc": "Etc/UTC",
    "utc-11": "Etc/GMT+11",
    "utc-09": "Etc/GMT+9",
    "utc-08": "Etc/GMT+8",
    "utc-02": "Etc/GMT+2",
    "utc+12": "Etc/GMT-12",
    "utc+13": "Etc/GMT-13",
}
_NUMBER: Final = re.compile(r" \d$")
"""Behind a name that a program has used for two descriptions."""
_SHOWN: Final = re.compile(r"\((?:UTC|GMT)(?:[+-]\d{1,2}:?\d{2})?\)\s*(.+)", re.IGNORECASE)
"""As Windows shows a zone: ``(UTC+03:30) Tehran``."""


def zone_name(name: str) -> str:
    """The zone that Windows means; ``""`` when it knows none of that name."""
    plain = name.strip('/" ').rpartition("/")[2].strip()
    if shown := _SHOWN.fullmatch(plain):
        cities = _cities()
        return next((cities[city] for each in shown[1].split(",") if (city := _folded(each)) in cities), "")
    known = _names()
    return known.get(plain.lower()) or known.get(_NUMBER.sub("", plain.lower()), "")


@cache
def _names() -> dict[str, str]:
    names = dict(_OTHERS)
    for each in re.split(r"[|\n]", _STANDARD.strip()):
        name, _, zone = each.partition(":")
        names[f"{name.strip().lower()} standard time"] = zone.strip()
    return names


@cache
def _cities() -> dict[str, str]:
    """The zones by the cities that name them."""
    zones = sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/"))
    return {_folded(zone.rpartition("/")[2]): zone for zone in zones}


def _folded(city: str) -> str:
    return city.strip().lower().replace("_", " ")

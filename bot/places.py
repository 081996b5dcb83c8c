"""Where learners live: a time zone from a city, a country, a zone's name or an offset from UTC."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

_REGIONS = frozenset(
    [
        "Africa",
        "America",
        "Antarctica",
        "Arctic",
        "Asia",
        "Atlantic",
        "Australia",
        "Europe",
        "Indian",
        "Pacific",
    ]
)
_OFFSET = re.compile(r"(?:utc|gmt|z)?\s*([+\-−–])\s*(\d{1,2})(?::?(\d{2}))?")
_SURE = 80  # of 100: how alike a typed name must be to a place's
_MOST = 6  # places to choose from
_WESTMOST, _EASTMOST = -12, 14  # hours
# One place for each offset that is no whole hour, where there is one without summer time.
_HALF_HOURS = (
    *("America/St_Johns", "Asia/Tehran", "Asia/Kabul", "Asia/Kolkata"),
    *("Asia/Kathmandu", "Asia/Yangon", "Australia/Eucla", "Australia/Darwin"),
    *("Australia/Adelaide", "Australia/Lord_Howe", "Pacific/Chatham", "Pacific/Marquesas"),
)

# Cities and countries that are no zone's name. A country is here where most of it has one time.
_ELSEWHERE: Mapping[str, str] = {
    place: zone
    for zone, places in {
        "Africa/Cairo": "egypt alexandria giza",
        "Africa/Johannesburg": "south_africa cape_town durban pretoria",
        "Africa/Lagos": "nigeria abuja ibadan",
        "Africa/Nairobi": "kenya mombasa",
        "Africa/Accra": "ghana kumasi",
        "Africa/Casablanca": "morocco rabat marrakesh",
        "Africa/Tunis": "tunisia",
        "Africa/Addis_Ababa": "ethiopia",
        "Africa/Dar_es_Salaam": "tanzania dodoma",
        "Africa/Kampala": "uganda",
        "America/Argentina/Buenos_Aires": "argentina buenos_aires rosario cordoba_argentina",
        "America/Bogota": "colombia medellin cali",
        "America/Chicago": "houston dallas austin san_antonio minneapolis new_orleans texas",
        "America/Denver": "salt_lake_city boulder colorado",
        "America/Guayaquil": "ecuador quito",
        "America/Lima": "peru",
        "America/Los_Angeles": (
            "san_francisco seattle san_diego california san_jose_california las_vegas portland "
            "sacramento silicon_valley la"
        ),
        "America/Mexico_City": "mexico guadalajara puebla cdmx",
        "America/New_York": (
            "boston washington washington_dc miami atlanta philadelphia nyc florida brooklyn"
        ),
        "America/Phoenix": "arizona tucson",
        "America/Santiago": "chile valparaiso",
        "America/Sao_Paulo": "rio rio_de_janeiro brasilia sao_paulo",
        "America/Toronto": "ottawa montreal quebec",
        "America/Vancouver": "british_columbia victoria_canada",
        "America/Edmonton": "calgary alberta",
        "America/Costa_Rica": "san_jose_costa_rica costa_rica",
        "America/Panama": "panama",
        "America/Montevideo": "uruguay",
        "Asia/Bangkok": "thailand chiang_mai phuket",
        "Asia/Dubai": "uae abu_dhabi sharjah united_arab_emirates emirates oman muscat",
        "Asia/Dhaka": "bangladesh",
        "Asia/Ho_Chi_Minh": "vietnam hanoi saigon",
        "Asia/Hong_Kong": "hongkong",
        "Asia/Jakarta": "bandung java",
        "Asia/Jerusalem": "israel tel_aviv",
        "Asia/Karachi": "pakistan lahore islamabad",
        "Asia/Kolkata": (
            "india mumbai bombay delhi new_delhi bangalore bengaluru chennai hyderabad pune "
            "ahmedabad"
        ),
        "Asia/Kuala_Lumpur": "malaysia kl penang johor_bahru",
        "Asia/Manila": "philippines cebu quezon_city",
        "Asia/Qatar": "doha",
        "Asia/Riyadh": "saudi_arabia jeddah dammam",
        "Asia/Seoul": "south_korea korea busan incheon",
        "Asia/Shanghai": "china beijing shenzhen guangzhou hangzhou chengdu suzhou nanjing",
        "Asia/Taipei": "taiwan kaohsiung",
        "Asia/Tokyo": "japan osaka kyoto yokohama",
        "Asia/Beirut": "lebanon",
        "Asia/Amman": "jordan",
        "Asia/Colombo": "sri_lanka",
        "Asia/Kathmandu": "nepal",
        "Asia/Tashkent": "uzbekistan",
        "Asia/Almaty": "kazakhstan astana",
        "Australia/Brisbane": "queensland gold_coast",
        "Australia/Sydney": "canberra new_south_wales",
        "Australia/Melbourne": "victoria_australia",
        "Europe/Amsterdam": "netherlands holland rotterdam hague utrecht",
        "Europe/Athens": "greece thessaloniki",
        "Europe/Berlin": "germany munich munchen hamburg frankfurt cologne stuttgart dusseldorf",
        "Europe/Brussels": "belgium antwerp",
        "Europe/Bucharest": "romania",
        "Europe/Budapest": "hungary",
        "Europe/Copenhagen": "denmark",
        "Europe/Dublin": "ireland cork",
        "Europe/Helsinki": "finland espoo",
        "Europe/Istanbul": "turkey turkiye ankara izmir",
        "Europe/Kyiv": "ukraine kyiv lviv",
        "Europe/Lisbon": "porto",
        "Europe/London": (
            "uk united_kingdom england scotland wales britain great_britain manchester oxford "
            "cambridge edinburgh glasgow birmingham"
        ),
        "Europe/Madrid": "spain barcelona valencia seville sevilla malaga bilbao zaragoza",
        "Europe/Moscow": "saint_petersburg",
        "Europe/Oslo": "norway bergen",
        "Europe/Paris": "france lyon marseille nice toulouse bordeaux",
        "Europe/Prague": "czechia czech_republic brno",
        "Europe/Rome": "italy milan milano turin naples florence roma",
        "Europe/Sofia": "bulgaria",
        "Europe/Stockholm": "sweden gothenburg",
        "Europe/Vienna": "austria graz wien",
        "Europe/Warsaw": "poland krakow wroclaw warszawa",
        "Europe/Zurich": "switzerland geneva basel lausanne bern geneve",
        "Pacific/Auckland": "new_zealand wellington christchurch",
        "UTC": "utc gmt",
    }.items()
    for place in places.split()
}

_BY_LANGUAGE: Mapping[str, str] = {
    "ar": "Asia/Dubai Africa/Cairo Asia/Riyadh",
    "de": "Europe/Berlin Europe/Vienna Europe/Zurich",
    "en": "Europe/London America/New_York Asia/Singapore Asia/Kolkata",
    "es": "Europe/Madrid America/Mexico_City America/Bogota America/Lima",
    "fr": "Europe/Paris Europe/Brussels Africa/Casablanca America/Toronto",
    "hi": "Asia/Kolkata",
    "id": "Asia/Jakarta",
    "it": "Europe/Rome",
    "ja": "Asia/Tokyo",
    "ko": "Asia/Seoul",
    "nl": "Europe/Amsterdam",
    "pl": "Europe/Warsaw",
    "pt": "Europe/Lisbon America/Sao_Paulo",
    "ru": "Europe/Moscow Asia/Almaty",
    "sv": "Europe/Stockholm",
    "tr": "Europe/Istanbul",
    "vi": "Asia/Ho_Chi_Minh",
    "zh": "Asia/Shanghai Asia/Hong_Kong Asia/Taipei Asia/Singapore",
}
_ANYWHERE = [
    "Europe/London",
    "Europe/Madrid",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Singapore",
    "Asia/Hong_Kong",
    "Australia/Sydney",
]
_GUESSES = 8


def guesses(locale: str) -> tuple[str, ...]:
    """Zones that are likely for somebody whose app speaks this language, likeliest first."""
    language = re.split(r"[-_]", locale.lower())[0]
    likely = _BY_LANGUAGE.get(language, "").split()
    return tuple(dict.fromkeys([*likely, *_ANYWHERE]))[:_GUESSES]


@dataclass(frozen=True, slots=True)
class Found:
    """The zones that words may name, likeliest first; `sure` where the first is meant."""

    zones: tuple[str, ...]
    sure: bool


def found(words: str, now: datetime) -> Found:
    """The zones that these words may name; typos are forgiven, and leave a doubt.

    Reads the zones' names from disk the first time: use a thread.
    """
    if offset := _OFFSET.fullmatch(words.strip().lower()):
        zones = _at_offset(offset[1], int(offset[2]), int(offset[3] or 0), now)
        return Found(zones, len(zones) == 1)
    name = _plain(words)
    names = _names()
    if name in names:
        return Found((names[name],), sure=True)
    near = process.extract(name, names.keys(), scorer=fuzz.ratio, score_cutoff=_SURE, limit=_MOST)
    return Found(tuple(dict.fromkeys(names[one] for one, _, _ in near)), sure=False)


def is_known(zone: str) -> bool:
    """Whether this is the name of a zone that can be used."""
    return zone in _zones() or bool(re.fullmatch(r"Etc/GMT[+-]\d{1,2}", zone)) or zone == "UTC"


def named(zone: str) -> str:
    """A zone as people call it: Madrid, or UTC+2."""
    if fixed := re.fullmatch(r"Etc/GMT([+-])(\d+)", zone):
        return f"UTC{'-' if fixed[1] == '+' else '+'}{fixed[2]}"  # their signs are turned round
    return zone.rsplit("/", maxsplit=1)[-1].replace("_", " ")


def is_fixed(zone: str) -> bool:
    """Whether it is an offset alone, that knows nothing of summer time."""
    return zone.startswith("Etc/")


def _at_offset(sign: str, hours: int, minutes: int, now: datetime) -> tuple[str, ...]:
    whole = hours * (1 if sign == "+" else -1)
    if not minutes:
        if not _WESTMOST <= whole <= _EASTMOST:
            return ()
        return (f"Etc/GMT{-whole:+d}" if whole else "UTC",)
    wanted = timedelta(hours=hours, minutes=minutes) * (1 if sign == "+" else -1)
    return tuple(
        zone for zone in _HALF_HOURS if now.astimezone(ZoneInfo(zone)).utcoffset() == wanted
    )


def _plain(words: str) -> str:
    """Lower case, without accents, words joined by underscores."""
    bare = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    bare = re.sub(r"\b(the|time|zone|timezone|in|im|i|live|from)\b|[^a-z/_ -]", " ", bare)
    return "_".join(re.split(r"[\s_-]+", bare.strip()))


@cache
def _zones() -> frozenset[str]:
    """The zones of places; the historical ones of the database ('EST5EDT') are left out."""
    return frozenset(
        zone for zone in available_timezones() if zone.split("/", maxsplit=1)[0] in _REGIONS
    )


@cache
def _names() -> Mapping[str, str]:
    """Every way to name a place, plainly."""
    cities = {zone.rsplit("/", maxsplit=1)[-1]: zone for zone in sorted(_zones())}
    full = {zone: zone for zone in _zones()}
    return {_plain(name): zone for name, zone in (full | cities | dict(_ELSEWHERE)).items()}

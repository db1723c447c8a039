"""Writes vectors.tsv: what wall times mean, according to Python's zoneinfo.

Python reads the same compiled files as the pinned data but shares no code with
Go: the files are parsed and local times are resolved (PEP 495) by CPython. In a
gap, PEP 495's fold=0 uses the distance from UTC before the jump, as RFC 5545 does.

    python3 calendar/testdata/vectors.py unpacked/usr/share/zoneinfo 2026f > calendar/testdata/vectors.tsv

with the package unpacked as described in zonedata/generate.go.
"""

import sys
import zoneinfo
from datetime import datetime, timedelta, timezone

zoneinfo.reset_tzpath([sys.argv[1]])

ZONES = """Africa/Cairo Africa/Casablanca Africa/El_Aaiun Africa/Johannesburg Africa/Lagos
Africa/Nairobi America/Anchorage America/Argentina/Buenos_Aires America/Asuncion America/Bogota
America/Caracas America/Chicago America/Denver America/Edmonton America/Halifax America/Havana
America/Inuvik America/Los_Angeles America/Mexico_City America/Miquelon America/New_York
America/Nuuk America/Phoenix America/Port-au-Prince America/Regina America/Santiago
America/Sao_Paulo America/Scoresbysund America/St_Johns America/Tijuana America/Toronto
America/Vancouver America/Winnipeg Antarctica/Troll Asia/Almaty Asia/Beirut Asia/Dhaka
Asia/Dubai Asia/Gaza Asia/Hebron Asia/Jerusalem Asia/Kabul Asia/Kathmandu Asia/Kolkata
Asia/Riyadh Asia/Seoul Asia/Shanghai Asia/Tehran Asia/Tokyo Asia/Yangon Atlantic/Azores
Australia/Adelaide Australia/Brisbane Australia/Eucla Australia/Lord_Howe Australia/Sydney
Europe/Athens Europe/Berlin Europe/Chisinau Europe/Dublin Europe/Istanbul Europe/Kyiv
Europe/Lisbon Europe/London Europe/Moscow Pacific/Apia Pacific/Auckland Pacific/Chatham
Pacific/Easter Pacific/Honolulu Pacific/Kiritimati Pacific/Norfolk UTC""".split()

HOUR = timedelta(hours=1)
START = datetime(2025, 1, 1, tzinfo=timezone.utc)
END = datetime(2029, 1, 1, tzinfo=timezone.utc)


def offset(zone, instant):
    return instant.astimezone(zone).utcoffset()


def changes(zone):
    """Yields the instants between START and END at which the offset changes."""
    at = START
    while at < END:
        if offset(zone, at) != offset(zone, at + HOUR):
            low, high = at, at + HOUR
            while high - low > timedelta(seconds=1):
                middle = low + (high - low) // 2
                middle = middle.replace(microsecond=0)
                low, high = (middle, high) if offset(zone, middle) == offset(zone, at) else (low, middle)
            yield high
        at += HOUR


def walls(zone):
    """Yields local times worth asking: the edges and insides of every change, and plain days."""
    for at in changes(zone):
        before = at.replace(tzinfo=None) + offset(zone, at - timedelta(seconds=1))
        after = at.replace(tzinfo=None) + offset(zone, at)
        first, last = min(before, after), max(before, after)
        yield from (first - timedelta(minutes=1), first, first + (last - first) / 2, last - timedelta(minutes=1), last)
    for year in range(2025, 2029):
        for month in (2, 5, 8, 11):
            yield datetime(year, month, 15, 9, 0)


def text(instant):
    return instant.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


print("# Wall times and their instants by CPython %s; made by vectors.py from tzdata %s."
      % (sys.version.split()[0], sys.argv[2]))
print("# zone, wall time, kind, instant, second instant of an overlap (else the same)")
for name in ZONES:
    zone = zoneinfo.ZoneInfo(name)
    for wall in walls(zone):
        a, b = (wall.replace(tzinfo=zone, fold=f) for f in (0, 1))
        kind = "unique"
        if a.utcoffset() > b.utcoffset():
            kind = "overlap"
        if a.utcoffset() < b.utcoffset():
            kind = "gap"
        second = text(a) if kind != "overlap" else text(b)
        print(name, wall.strftime("%Y-%m-%dT%H:%M"), kind, text(a), second, sep="\t")

"""One figure of every kind, for several tests."""

from __future__ import annotations

import pandas as pd

from atlas import (
    bar_chart,
    category_map,
    filter_table,
    grouped_bar_chart,
    layer_map,
    line_chart,
    point_map,
    region_map,
    route_map,
    show_table,
    stacked_bar_chart,
    timed_map,
    timeline_chart,
    value_map,
)

NASTY = "<img src=x onerror=alert(1)><script>alert('&\"')</script>"
ABOUT = {"alt": f"What is shown. {NASTY}", "source": f"Nobody, 2026 {NASTY}"}
STATES = pd.DataFrame({
    "iso3": ["ALB", "XKX", "SRB"], "country": [f"Albania {NASTY}", "Kosovo", "Serbia"],
    "kind": ["yes", "self", "no"], "number": [1.5, 20, None], "note": [NASTY, None, "a note"]})
TABLES = pd.DataFrame({
    "iso3": ["ALB", "TUR", "TUR", "SRB"], "country": [f"Albania {NASTY}", "Turkey", "Turkey", "Serbia"],
    "table": ["nato", "nato", "eu", "eu"], "role": ["member", "member", "candidate", "candidate"]})
EVENTS = pd.DataFrame({
    "date": ["2010-04", "2011", "2012-05-06", "2013"], "title": [f"First {NASTY}", "Second", "Third", "Far"],
    "lat": [41.0, 41.0, 43.86, 40.7], "lon": [28.98, 28.98, 18.41, -74.0], "kind": ["a", "b", "a", "a"],
    "people": [1, 2, 30, 4]})
POLLS = pd.DataFrame({
    "country": ["Serbia", "Serbia", f"Albania {NASTY}", "Albania 2"], "answer": ["for", "against", "for", NASTY],
    "percent": [41, 14, 71.5, 3], "year": [2020, 2021, 2020, 2021]})
YEARS = pd.DataFrame({
    "iso3": ["ALB", "TUR", "SRB", "ALB", "TUR", "SRB", "TUR"],
    "country": [f"Albania {NASTY}", "Turkey", "Serbia", f"Albania {NASTY}", "Turkey", "Serbia", "Turkey"],
    "year": [1952, 1952, 1952, 2009, 2009, 2009, 2020], "status": ["no", "yes", "no", "yes", "yes", "no", "yes"],
    "number": [1, 20, None, 5, 30, 12, 40], "note": ["", NASTY, "", "", "", "", "a note"]})
ROUTES = pd.DataFrame({
    "name": ["Wide", f"Narrow {NASTY}", "Unknown", "Far", "Nowhere"],
    "path": ["44.89 37.32; 43.5 33.5; 41.63 28.10", "41.0 29.0; 38.0 23.7", "42 21.4;41 29", "41 29; 40.7 -74", None],
    "amount": [30, 3, None, 1, 1], "kind": ["a", "b", "a", "a", "b"], "status": ["", NASTY, "", "", ""]})
LAYERS = {"nato": f"NATO {NASTY}", "eu": "European Union"}


def every_map() -> list:
    return [
        region_map(name="region", **ABOUT),
        category_map(STATES, category="kind", categories={"yes": "Yes", "no": NASTY, "self": "Kosovo"},
                     note="note", name="category", view="balkans", **ABOUT),
        value_map(STATES, value="number", unit="%", name="value", **ABOUT),
        layer_map(TABLES, layer="table", layers=LAYERS, role="role",
                  roles={"member": "Member", "candidate": NASTY}, name="layer-one", **ABOUT),
        layer_map(TABLES, layer="table", layers=LAYERS, switch="many", name="layer-many", **ABOUT),
        point_map(EVENTS, label="title", size="people", unit="people", category="kind",
                  categories={"a": "A", "b": NASTY}, note="date", name="point", **ABOUT),
        timed_map(YEARS, time="year", category="status", categories={"yes": "Member", "no": NASTY}, label="country",
                  note="note", name="timed", **ABOUT),
        timed_map(YEARS, time="year", value="number", unit="%", name="timed-value", **ABOUT),
        point_map(EVENTS.assign(year=EVENTS["date"].str[:4].astype(int)), label="title", category="kind", time="year",
                  categories={"a": "A", "b": NASTY}, name="timed-point", **ABOUT),
        route_map(ROUTES, label="name", path="path", width="amount", unit="bcm", category="kind", note="status",
                  categories={"a": "A", "b": NASTY}, curved=True, name="route", **ABOUT),
    ]


def every_chart() -> list:
    return [
        bar_chart(POLLS, label="country", value="percent", unit="%", name="bars", **ABOUT),
        grouped_bar_chart(POLLS, label="country", series="answer", value="percent", name="groups", **ABOUT),
        stacked_bar_chart(POLLS, label="country", series="answer", value="percent", name="stack", **ABOUT),
        line_chart(POLLS, x="year", y="percent", series="answer", unit="%", name="lines", **ABOUT),
        timeline_chart(EVENTS, date="date", label="title", category="kind", name="times", **ABOUT),
    ]


def filtered_table():
    return filter_table(STATES, name="states", caption=f"States {NASTY}", columns={"country": "Country", "kind": NASTY},
                        filters=["kind", "note"], links={"country": "note"}, noun=NASTY)


def every_figure() -> list:
    return [*every_map(), *every_chart(), show_table(STATES, caption=f"States {NASTY}"), filtered_table()]

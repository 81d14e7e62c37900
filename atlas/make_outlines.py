"""Make data/outlines.json: the country outlines behind every map of the book.

Run by hand, and only when the frame or the detail should change:

    python -m atlas.make_outlines

It needs node and npm. The packages world-atlas (Natural Earth 1:50m, public domain)
and mapshaper are installed by name into a temporary folder that goes away again.

What it decides, beyond the source:

- Kosovo has the key XKX; its border with Serbia is the object `dashed`, apart from `borders`.
- Northern Cyprus is part of Cyprus (UN Security Council resolutions 541 and 550), and
  Crimea of Ukraine (UN General Assembly resolution 68/262), in line with the United Nations.
- Names are the short English ones that the book uses.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import defaultdict
from itertools import chain
from pathlib import Path

from atlas.outlines import FRAME, PATH, STATES

PACKAGES = ("world-atlas@2.0.2", "mapshaper@0.7.70")

# ISO 3166: numeric code, alpha-3 code, name in the book.
COUNTRIES = """
008 ALB Albania|012 DZA Algeria|031 AZE Azerbaijan|040 AUT Austria|051 ARM Armenia|056 BEL Belgium
070 BIH Bosnia and Herzegovina|100 BGR Bulgaria|112 BLR Belarus|191 HRV Croatia|196 CYP Cyprus
203 CZE Czechia|250 FRA France|268 GEO Georgia|275 PSE Palestine|276 DEU Germany|300 GRC Greece
336 VAT Vatican City|348 HUN Hungary|364 IRN Iran|368 IRQ Iraq|376 ISR Israel|380 ITA Italy
398 KAZ Kazakhstan|400 JOR Jordan|414 KWT Kuwait|422 LBN Lebanon|434 LBY Libya|438 LIE Liechtenstein
440 LTU Lithuania|442 LUX Luxembourg|470 MLT Malta|492 MCO Monaco|498 MDA Moldova|499 MNE Montenegro
528 NLD Netherlands|616 POL Poland|642 ROU Romania|643 RUS Russia|674 SMR San Marino
682 SAU Saudi Arabia|688 SRB Serbia|703 SVK Slovakia|705 SVN Slovenia|724 ESP Spain
756 CHE Switzerland|760 SYR Syria|788 TUN Tunisia|792 TUR Turkey|804 UKR Ukraine
807 MKD North Macedonia|818 EGY Egypt|--- XKX Kosovo
"""
NUMERIC = {row[:3]: row[4:7] for row in COUNTRIES.replace("\n", "|").split("|") if row}
NAMES = {row[4:7]: row[8:] for row in COUNTRIES.replace("\n", "|").split("|") if row}
UNNUMBERED = {"Kosovo": "XKX", "N. Cyprus": "CYP"}  # the source has no number for these two

CRIMEA = (
    "if (iso == 'RUS' && this.centroidX > 32 && this.centroidX < 36.7"
    " && this.centroidY > 44 && this.centroidY < 46.3) iso = 'UKR'"
)
SHARE_OF_POINTS_KEPT = f"{json.dumps(STATES)}.includes(iso) ? 0.75 : 0.3"
LABEL_POINT = "at = [+this.innerX.toFixed(2), +this.innerY.toFixed(2)]"


def keyed(world: dict) -> dict:
    """The source's countries with one property each, `iso`; those far outside the frame left out."""
    countries = world["objects"]["countries"]["geometries"]
    for country in countries:
        name = country["properties"]["name"]
        iso = UNNUMBERED.get(name) or NUMERIC.get(country.get("id"))
        country["properties"] = {"iso": iso}
    kept = [country for country in countries if country["properties"]["iso"]]
    return world | {"objects": {"countries": {"type": "GeometryCollection", "geometries": kept}}}


def simplified(source: Path, target: Path, mapshaper: Path) -> dict:
    """Clip, mend, simplify and quantise with mapshaper; returns a TopoJSON topology."""
    command = [
        *[str(mapshaper), str(source)],
        *["-clip", "bbox=" + ",".join(map(str, FRAME))],
        *["-explode", "-each", CRIMEA, "-dissolve", "iso"],
        *["-simplify", "variable", f"percentage={SHARE_OF_POINTS_KEPT}", "keep-shapes"],
        *["-filter-islands", "min-area=60km2", "-each", LABEL_POINT],
        *["-o", str(target), "format=topojson", "quantization=6000"],
    ]
    subprocess.run(command, check=True)
    return json.loads(target.read_text())


def arcs_of(geometry: dict) -> set[int]:
    """The arcs that a polygon is made of, whichever way it runs through them."""
    rings = geometry["arcs"]
    if geometry["type"] == "MultiPolygon":
        rings = list(chain.from_iterable(rings))
    return {arc if arc >= 0 else ~arc for arc in chain.from_iterable(rings)}


def on_the_frame(topology: dict, arc: int) -> bool:
    """Whether an arc is only the edge of the cut-out."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    x = y = 0
    points = []
    for step_x, step_y in topology["arcs"][arc]:
        x, y = x + step_x, y + step_y
        points.append((x * kx + dx, y * ky + dy))
    west, south, east, north = FRAME
    near = 0.02
    return any(
        all(abs(point[axis] - edge) < near for point in points)
        for axis, edge in ((0, west), (1, south), (0, east), (1, north))
    )


def with_lines(topology: dict) -> dict:
    """Add the lines: `borders` (solid), `dashed` (Kosovo and Serbia) and `coast`."""
    (countries,) = topology["objects"].values()
    owners = defaultdict(set)
    for country in countries["geometries"]:
        iso = country["properties"]["iso"]
        country["id"] = iso
        country["properties"] = {"name": NAMES[iso], "at": country["properties"]["at"]}
        for arc in arcs_of(country):
            owners[arc].add(iso)
    countries["geometries"].sort(key=lambda country: country["id"])
    dashed = [arc for arc, who in owners.items() if who == {"SRB", "XKX"}]
    borders = [arc for arc, who in owners.items() if len(who) == 2 and arc not in dashed]
    coast = [a for a, who in owners.items() if len(who) == 1 and not on_the_frame(topology, a)]
    lines = {"borders": borders, "coast": coast, "dashed": dashed}
    topology["objects"] = {"countries": countries} | {
        name: {"type": "MultiLineString", "arcs": [[arc] for arc in sorted(arcs)]}
        for name, arcs in lines.items()
    }
    return topology


def make(modules: Path, work: Path) -> dict:
    """Read the packages in `modules` (a node_modules folder) and build the topology."""
    world = json.loads((modules / "world-atlas" / "countries-50m.json").read_text())
    source = work / "countries.json"
    source.write_text(json.dumps(keyed(world)))
    return with_lines(simplified(source, work / "simple.json", modules / ".bin" / "mapshaper"))


def main() -> None:
    parser = argparse.ArgumentParser(description="Make data/outlines.json from Natural Earth.")
    parser.add_argument("--modules", type=Path, help="a node_modules folder that has the packages")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if options.modules is None:
            install = ["npm", "install", "--ignore-scripts", "--prefix", folder, *PACKAGES]
            subprocess.run(install, check=True)
        topology = make(options.modules or work / "node_modules", work)
    PATH.write_text(json.dumps(topology, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(f"{PATH.name}: {PATH.stat().st_size} bytes")


if __name__ == "__main__":
    main()

// draw.js: draws what Python has decided, over the outlines that all maps share.
(() => {
  "use strict";

  // TopoJSON arcs -> rings of [lon, lat]; arcs are shared, so each is unpacked once.
  const { arcs: packed, transform, objects } = window.atlasOutlines;
  const arcs = packed.map((steps) => {
    let x = 0, y = 0;
    return steps.map(([dx, dy]) => {
      x += dx; y += dy;
      return [x * transform.scale[0] + transform.translate[0], y * transform.scale[1] + transform.translate[1]];
    });
  });
  const path = (indexes) => indexes.flatMap((index, place) => {
    const points = index < 0 ? [...arcs[~index]].reverse() : arcs[index];
    return place ? points.slice(1) : points;
  });
  const rings = (polygon) => polygon.map(path);
  const area = (country) => ({
    type: "Feature",
    id: country.id,
    properties: country.properties,
    geometry: country.type === "Polygon"
      ? { type: "Polygon", coordinates: rings(country.arcs) }
      : { type: "MultiPolygon", coordinates: country.arcs.map(rings) },
  });
  const lines = (name) => ({ type: "MultiLineString", coordinates: objects[name].arcs.map(path) });
  const areas = objects.countries.geometries.map(area);

  // A tooltip's lines as elements: text never becomes markup.
  const tip = (texts) => {
    const box = document.createElement("div");
    texts.forEach((text, place) => {
      box.append(Object.assign(document.createElement(place ? "span" : "b"), { textContent: text }));
    });
    return box;
  };
  const speak = (layer, texts) => layer.on("add", () => {
    const element = layer.getElement();
    element.setAttribute("role", "img");
    element.setAttribute("aria-label", texts.join(". "));
    element.setAttribute("data-atlas-place", "");
    element.setAttribute("tabindex", "-1");
    element.atlasCentre = layer.getLatLng ? layer.getLatLng() : layer.getCenter();
  });
  // A tooltip that stays within the map, also on a phone.
  const Tip = L.Tooltip.extend({
    options: { className: "atlas-tip", opacity: 1, offset: [8, 0] },
    _setPosition(point) {
      L.Tooltip.prototype._setPosition.call(this, point);
      const box = this._container, map = this._map, room = map.getSize();
      const corner = map.layerPointToContainerPoint(L.DomUtil.getPosition(box));
      const within = (value, most) => Math.max(4, Math.min(value, most - 4));
      const kept = L.point(within(corner.x, room.x - box.offsetWidth), within(corner.y, room.y - box.offsetHeight));
      L.DomUtil.setPosition(box, map.containerPointToLayerPoint(kept));
    },
  });
  const explain = (layer, texts, sticky) => layer.bindTooltip(new Tip({ sticky }).setContent(tip(texts)));

  const land = (map, labels) => {
    map.createPane("atlas-land").style.zIndex = 300;
    map.createPane("atlas-lines").style.zIndex = 450;
    map.createPane("atlas-labels").style.zIndex = 460;
    const bounds = {};
    L.geoJSON({ type: "FeatureCollection", features: areas }, {
      pane: "atlas-land",
      style: { className: "atlas-land", stroke: false, fillOpacity: 1 },
      onEachFeature: (feature, layer) => {
        bounds[feature.id] = layer.getBounds();
        explain(layer, [feature.properties.name], true);
      },
    }).addTo(map);
    for (const name of ["coast", "borders", "dashed"]) {
      L.geoJSON(lines(name), {
        pane: "atlas-lines", interactive: false,
        style: { className: `atlas-${name}`, weight: 1 },
      }).addTo(map);
    }
    map.atlasLabels = labels.map(([id, text]) => {
      const [lon, lat] = areas.find((country) => country.id === id).properties.at;
      const icon = L.divIcon({ className: "atlas-label", iconSize: null, html: tip(["", text]).lastChild });
      const label = L.marker([lat, lon], { icon, pane: "atlas-labels", interactive: false, keyboard: false }).addTo(map);
      return { element: label.getElement(), country: bounds[id] };
    });
  };

  const countries = (places, said) => {
    const layer = L.featureGroup(places.map(([id, fillColor, fillOpacity, ...texts]) => {
      const country = areas.find((one) => one.id === id);
      const [lon, lat] = country.properties.at;
      const style = { className: "atlas-area", stroke: false, fillColor, fillOpacity };
      const [one] = L.geoJSON(country, { style }).getLayers();
      one.getCenter = () => L.latLng(lat, lon);
      explain(one, texts, true);
      speak(one, texts);
      return one;
    }));
    layer.atlasSaid = said;
    return layer;
  };

  const points = (map, list) => {
    for (const { lat, lon, size, shift, sign, lines: texts } of list) {
      const icon = L.divIcon({ className: "atlas-point", html: sign, iconSize: [size, size], iconAnchor: [size / 2 - shift, size / 2] });
      const one = L.marker([lat, lon], { icon, keyboard: false, riseOnHover: true });
      explain(one, texts, false);
      speak(one, texts);
      one.addTo(map);
    }
  };

  // A label stays where its country is wide enough and nothing else is written: one that would
  // lie on another or on a sign moves a little, or hides.
  const declutter = (map) => {
    const frame = map.getContainer().getBoundingClientRect();
    const width = (country) => map.latLngToLayerPoint(country.getNorthEast()).x - map.latLngToLayerPoint(country.getSouthWest()).x;
    const signs = map.getContainer().querySelectorAll(".atlas-point");
    const taken = [...signs].map((sign) => sign.getBoundingClientRect());
    for (const { element: label, country } of map.atlasLabels) {
      label.classList.remove("atlas-hidden");
      const fits = ["atlas-here", "atlas-up", "atlas-down"].some((place) => {
        label.classList.remove("atlas-here", "atlas-up", "atlas-down");
        label.classList.add(place);
        const box = label.firstChild.getBoundingClientRect();
        if (box.width > 2 * width(country) || box.left < frame.left || box.right > frame.right) return false;
        const free = !taken.some((other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
        if (free) taken.push(box);
        return free;
      });
      if (!fits) label.classList.add("atlas-hidden");
    }
  };

  // One Tab stop for the places of a map; the arrow keys go from one to the next.
  const rove = (map) => {
    const places = () => [...map.getContainer().querySelectorAll("[data-atlas-place]")];
    const restart = () => places().forEach((place, index) => place.setAttribute("tabindex", index ? "-1" : "0"));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
    map.getContainer().addEventListener("keydown", (event) => {
      const all = places(), here = all.indexOf(event.target);
      if (here < 0 || !(event.key in step)) return;
      const next = all[(here + step[event.key] + all.length) % all.length];
      all[here].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      map.panInside(next.atlasCentre, { padding: [40, 40] });
      next.focus({ preventScroll: true });
      event.preventDefault();
    });
    map.on("baselayerchange overlayadd overlayremove", restart);
    restart();
  };

  // Leaflet's own layer control, moved out of the map's corner so that it covers nothing.
  const moveSwitch = (map, box) => {
    const room = box.querySelector(".atlas-switch");
    const control = map.getContainer().querySelector(".leaflet-control-layers");
    if (!room || !control) return;
    room.replaceChildren(control);
    const status = box.querySelector(".atlas-status");
    map.on("baselayerchange overlayadd overlayremove", ({ type, layer, name }) => {
      const plain = new DOMParser().parseFromString(name, "text/html").body.textContent; // Leaflet's names are HTML
      status.textContent = type === "overlayremove" ? `${plain}: hidden` : layer.atlasSaid;
    });
  };

  // The view fills the canvas, and does so again when that changes its size, unless the reader
  // has moved the map.
  const keepFitting = (map, { view, frame }) => {
    let touched = false;
    const touch = () => {
      if (!touched) map.setMaxBounds(frame);
      touched = true;
    };
    for (const sign of ["pointerdown", "keydown"]) map.getContainer().addEventListener(sign, touch);
    const fit = () => {
      map.setMinZoom(0);
      map.fitBounds(view, { animate: false });
      map.setMinZoom(map.getZoom());
    };
    fit();
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      if (!touched) fit();
    }).observe(map.getContainer());
  };

  const ready = (map, extent) => {
    const canvas = map.getContainer();
    const box = canvas.closest(".atlas-box");
    canvas.setAttribute("role", "group");
    canvas.setAttribute("aria-label", "Map. Arrow keys move it, plus and minus zoom; Tab, then arrow keys, go from place to place.");
    keepFitting(map, extent);
    moveSwitch(map, box);
    rove(map);
    declutter(map);
    map.on("zoomend resize", () => declutter(map));
    box.classList.add("atlas-alive");
  };

  // In a notebook the map is a document of its own: it takes the text colour around it.
  const blendIn = () => {
    try {
      const { color } = getComputedStyle(window.frameElement);
      const light = color.match(/[\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) > 382;
      document.documentElement.style.colorScheme = light ? "dark" : "light";
      document.body.style.color = color;
    } catch { /* a frame of another origin: the default colours stay */ }
  };
  if (window.frameElement && document.body.classList.contains("atlas-alone")) blendIn();

  window.atlas = { land, countries, points, ready };
})();

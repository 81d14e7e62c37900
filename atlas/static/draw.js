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
    element.setAttribute("aria-label", (layer.atlasTexts ?? texts).join(". ").replaceAll(":. ", ": "));
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
        // the tooltip listens for focus, which makes a path a Tab stop
        layer.on("add", () => layer.getElement().setAttribute("tabindex", "-1"));
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
      return { id, element: label.getElement(), country: bounds[id] };
    });
  };

  const painted = (id, fillColor, fillOpacity, texts) => {
    const country = areas.find((one) => one.id === id);
    const [lon, lat] = country.properties.at;
    const style = { className: "atlas-area", stroke: false, fillColor, fillOpacity };
    const [one] = L.geoJSON(country, { style }).getLayers();
    one.getCenter = () => L.latLng(lat, lon);
    explain(one, texts, true);
    speak(one, texts);
    return one;
  };
  const countries = (places, said) => {
    const layer = L.featureGroup(places.map(([id, fill, opacity, ...texts]) => painted(id, fill, opacity, texts)));
    layer.atlasSaid = said;
    return layer;
  };

  const icon = (html, size, shift = 0, className = "atlas-point") =>
    L.divIcon({ className, html, iconSize: [size, size], iconAnchor: [size / 2 - shift, size / 2] });
  const sign = (lat, lon, icon, texts) => {
    const one = L.marker([lat, lon], { icon, keyboard: false, riseOnHover: true });
    explain(one, texts, false);
    speak(one, texts);
    return one;
  };
  const points = (map, list) => {
    for (const { lat, lon, size, shift, sign: html, lines: texts } of list) sign(lat, lon, icon(html, size, shift), texts).addTo(map);
  };

  // What changes with the slider: of its states, the last that has begun by a stop is shown.
  const follow = (map, layer, states, look) => map.on("atlasstop", ({ stop }) => {
    const [begun, news, ...state] = states.findLast(([begins]) => begins <= stop) ?? [];
    const fresh = Boolean(news) && begun === stop;
    if (layer.atlasShown === `${begun} ${fresh}`) return;
    layer.atlasShown = `${begun} ${fresh}`;
    layer.remove();
    layer.atlasTexts = state.length ? look(...state) : [];
    if (!layer.atlasTexts.length) return;
    layer.setTooltipContent(tip(layer.atlasTexts)).addTo(map);
    layer.setZIndexOffset?.(fresh ? 1000 : 0);
    layer.getElement().classList.add(fresh ? "atlas-fresh" : "atlas-past");
  });
  const timed = (map, places) => {
    for (const [id, states] of places) {
      const one = painted(id, "", 0, []);
      const label = map.atlasLabels.find((known) => known.id === id);
      follow(map, one, states, (mark, fillColor, fillOpacity, ...texts) => {
        if (mark !== null) label.element.firstChild.textContent = mark;
        one.setStyle({ fillColor, fillOpacity });
        return texts;
      });
    }
    // the edges of what is news lie above the other countries
    map.on("atlasstop", () => map.eachLayer((one) => one.getElement?.()?.matches("path.atlas-fresh") && one.bringToFront()));
  };
  const timedPoints = (map, list) => {
    for (const [lat, lon, states] of list) {
      const one = sign(lat, lon, icon("", 0), []);
      follow(map, one, states, (size, shift, html, ...texts) => {
        one.setIcon(icon(html, size, shift));
        return texts;
      });
    }
  };

  // The slider, its button, its year and its line of text; `stops` is what Python says at each.
  const clock = (map, stops) => {
    const room = map.getContainer().closest(".atlas-box").querySelector(".atlas-time");
    const slider = room.querySelector("input"), button = room.querySelector("button");
    const last = stops.length - 1;
    let timer = 0, shown = last;
    const show = (stop) => {
      const [year, said] = stops[stop];
      shown = slider.value = stop;
      slider.setAttribute("aria-valuetext", year);
      room.querySelector("output").textContent = year;
      room.querySelector("[role=status]").textContent = said;
      map.fire("atlasstop", { stop });
    };
    const play = (on) => {
      clearInterval(timer);
      timer = on && setInterval(() => {
        show(shown + 1);
        if (shown === last) play(0);
      }, 1600);
      button.setAttribute("aria-label", on ? "Pause" : "Play");
    };
    button.addEventListener("click", () => {
      if (!timer && shown === last) show(0);
      play(timer ? 0 : 1);
    });
    slider.addEventListener("input", () => { play(0); show(Number(slider.value)); });
    // On paper stands the last year.
    let kept = last;
    addEventListener("beforeprint", () => { kept = shown; show(last); });
    addEventListener("afterprint", () => show(kept));
    show(last);
  };

  // Each route is a wide, unseen line to point at, an edge in the page's colour, and the line itself.
  const routes = (map, list) => {
    map.createPane("atlas-routes").style.zIndex = 455;
    map.atlasPaths = list.map((route) => route.path);
    for (const { path, at, width: weight, paint: [color, dashArray], arrow, size, lines: texts } of list) {
      const line = (className, style) => L.polyline(path, { pane: "atlas-routes", interactive: false, className, opacity: 1, ...style });
      const hit = line("atlas-route", { interactive: true, weight: Math.max(28, weight) });
      hit.getCenter = () => L.latLng(at);
      explain(hit, texts, true);
      speak(hit, texts);
      hit.addTo(map);
      line("atlas-casing", { weight: weight + 3 }).addTo(map);
      if (dashArray) line("", { color, weight, opacity: 0.4 }).addTo(map); // what shows in the gaps
      line("", { color, weight, dashArray, lineCap: dashArray ? "butt" : "round" }).addTo(map);
      if (arrow) L.marker(at, { icon: icon(arrow, size, 0, "atlas-arrow"), pane: "atlas-routes", zIndexOffset: 9999, interactive: false, keyboard: false }).addTo(map);
    }
  };

  // A line as a row of small boxes, some ten pixels from one to the next.
  const dots = (map, path, { left, top }) => {
    const corners = path.map((spot) => map.latLngToContainerPoint(spot));
    return corners.slice(1).flatMap((end, place) => {
      const start = corners[place], steps = Math.ceil(start.distanceTo(end) / 10);
      return Array.from({ length: steps }, (_, step) => {
        const x = left + start.x + (end.x - start.x) * step / steps, y = top + start.y + (end.y - start.y) * step / steps;
        return { left: x - 3, right: x + 3, top: y - 3, bottom: y + 3 };
      });
    });
  };

  const PLACES = ["atlas-here", "atlas-up", "atlas-down", "atlas-right", "atlas-left"];
  // A label stays where its country is wide enough and nothing else is written: one that would
  // lie on another or on a sign moves a little, or hides.
  const declutter = (map) => {
    const frame = map.getContainer().getBoundingClientRect();
    const width = (country) => map.latLngToLayerPoint(country.getNorthEast()).x - map.latLngToLayerPoint(country.getSouthWest()).x;
    const signs = map.getContainer().querySelectorAll(".atlas-point, .atlas-arrow");
    const taken = [...signs].map((sign) => sign.getBoundingClientRect());
    const apart = (box) => (other) => box.left >= other.right || other.left >= box.right || box.top >= other.bottom || other.top >= box.bottom;
    const routes = (map.atlasPaths ?? []).flatMap((path) => dots(map, path, frame));
    for (const { element: label, country } of map.atlasLabels) {
      label.classList.remove("atlas-hidden");
      const fits = (others) => PLACES.some((place) => {
        label.classList.remove(...PLACES);
        label.classList.add(place);
        const box = label.firstChild.getBoundingClientRect();
        if (box.width > 2 * width(country) || box.left < frame.left || box.right > frame.right) return false;
        const free = others.every(apart(box));
        if (free) taken.push(box);
        return free;
      });
      if (!fits([...taken, ...routes]) && !fits(taken)) label.classList.add("atlas-hidden"); // better on a line than not at all
    }
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

  // By how many pixels signs reach beyond each side of the map.
  const overhang = (map) => {
    const frame = map.getContainer().getBoundingClientRect();
    const boxes = [...map.getContainer().querySelectorAll(".atlas-point")].map((sign) => sign.getBoundingClientRect()).filter(({ width }) => width);
    const most = (side) => Math.min(30, Math.max(0, ...boxes.map(side)));
    return {
      left: most((box) => frame.left + 4 - box.left), right: most((box) => box.right + 4 - frame.right),
      top: most((box) => frame.top + 4 - box.top), bottom: most((box) => box.bottom + 4 - frame.bottom),
    };
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
      if (Math.min(...Object.values(map.getSize())) < 100) return; // on the way to another size
      map.setMinZoom(0);
      const room = { left: 0, top: 0, right: 0, bottom: 0 };
      for (let turn = 0; turn < 3; turn += 1) { // what is at the edge moves with each fit
        map.fitBounds(view, { animate: false, paddingTopLeft: [room.left, room.top], paddingBottomRight: [room.right, room.bottom] });
        const over = overhang(map);
        if (!Object.values(over).some(Boolean)) break;
        for (const side of Object.keys(over)) room[side] += over[side];
      }
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
    window.atlasPlaces(map);
    L.control.scale({ imperial: false, position: "bottomright", maxWidth: 80 }).addTo(map);
    declutter(map);
    map.on("zoomend resize atlasstop", () => declutter(map));
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

  window.atlas = { land, countries, points, timed, timedPoints, clock, routes, ready };
})();

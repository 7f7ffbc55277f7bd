/* The graph page. The drawing is vis-network, as pyvis set it up (globals nodes, edges, network); everything else is here.

   One object, `state`, says what is seen; it is written into the fragment of the address, so that a view can be sent and the
   browser's own Back goes a step back. `show()` brings the drawing to what `state` says. */
"use strict";
(function () {
  var D = kg.data("kg-data"), h = kg.h, say = kg.say;
  var N = D.nodes, J = D.joins, SAID = D.said;
  var byId = {}, saidOf = [], joinsOf = [], typeName = {}, el = {};
  N.forEach(function (n, k) { n.k = k; byId[n.i] = n; saidOf.push([]); joinsOf.push([]); });
  J.forEach(function (j, k) { joinsOf[j[0]].push(k); joinsOf[j[1]].push(k); });
  SAID.forEach(function (s, k) { s.n = k; s.w.forEach(function (i) { saidOf[i].push(k); }); });
  D.types.forEach(function (t) { typeName[t[0]] = [t[1], t[2]]; });
  ["find", "found", "types", "lines", "filters", "listing", "list", "count", "panel", "side", "stage", "spoken", "helps", "mynetwork"].forEach(function (id) { el[id] = document.getElementById(id); });
  var calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  function motion() { return calm ? false : { duration: 320, easingFunction: "easeInOutQuad" }; }
  /* A name as the reader reads it: in English where a vocabulary gives one. */
  function called(n) { return say(n.n, n.e); }
  function named(n) { return kg.name(called(n), kg.language() === "en" && n.e ? "en" : "zh-Hans"); }
  function shortName(text) { return text.length > 22 ? text.slice(0, 21) + "…" : text; }

  // ---- state and the address ------------------------------------------------------------------------------------
  var FILTERS = ["county", "year", "status", "area"];
  function fresh() {
    return { sel: "", focus: "", hops: 1, off: D.off.slice(), noline: [], county: "", year: "", status: "", area: "", add: [], hide: [], pin: {}, from: "", to: "", way: 0, labels: false, arranged: false, view: null };
  }
  var state = fresh(), depth = 0;
  function write() {
    var parts = [], first = fresh();
    function put(key, value) { if (value) parts.push(key + "=" + encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":")); }
    ["sel", "focus", "from", "to"].concat(FILTERS).forEach(function (key) { put(key, state[key]); });
    if (state.focus && state.hops !== 1) put("hops", state.hops);
    if (state.way) put("way", state.way);
    if (state.off.join() !== first.off.join()) put("off", state.off.join() || "none");
    put("noline", state.noline.join());
    put("add", state.add.join());
    put("hide", state.hide.join());
    put("pin", Object.keys(state.pin).map(function (i) { return i + ":" + state.pin[i].join(":"); }).join());
    if (state.labels) put("labels", 1);
    if (state.arranged) put("arranged", 1);
    if (state.view) put("view", state.view.join());
    return "#" + parts.join("&");
  }
  function parse(hash) {
    var s = fresh(), given = {};
    hash.replace(/^#/, "").split("&").forEach(function (part) {
      var at = part.indexOf("=");
      if (at > 0) { try { given[part.slice(0, at)] = decodeURIComponent(part.slice(at + 1)); } catch (e) { /* a broken address is read as far as it goes */ } }
    });
    function known(text) { return (text || "").split(",").filter(function (i) { return byId.hasOwnProperty(i); }); }
    ["sel", "focus", "from", "to"].forEach(function (key) { if (byId.hasOwnProperty(given[key])) s[key] = given[key]; });
    FILTERS.forEach(function (key) { if (given[key] && D[key].some(function (o) { return o[0] === given[key]; })) s[key] = given[key]; });
    s.hops = Math.min(4, Math.max(1, parseInt(given.hops, 10) || 1));
    s.way = Math.max(0, parseInt(given.way, 10) || 0);
    if (given.off) s.off = given.off === "none" ? [] : given.off.split(",").filter(function (t) { return typeName.hasOwnProperty(t); });
    if (given.noline) s.noline = given.noline.split(",").filter(function (p) { return D.predicates.hasOwnProperty(p); });
    s.add = known(given.add);
    s.hide = known(given.hide);
    (given.pin || "").split(",").forEach(function (p) {
      var q = p.split(":"), x = parseFloat(q[1]), y = parseFloat(q[2]);
      if (byId.hasOwnProperty(q[0]) && isFinite(x) && isFinite(y)) s.pin[q[0]] = [x, y];
    });
    s.labels = given.labels === "1";
    s.arranged = given.arranged === "1";
    var v = (given.view || "").split(",").map(parseFloat);
    if (v.length === 3 && v.every(isFinite) && v[2] > 0) s.view = v;
    return s;
  }
  /* A step people can go back from; `step` false only notes where the window stands. */
  function note(step) {
    var hash = write();
    try {
      if (step) { depth += 1; history.pushState({ depth: depth }, "", hash); } else history.replaceState({ depth: depth }, "", hash);
    } catch (e) { if (step) location.hash = hash; }
    document.getElementById("back").disabled = depth === 0;
  }
  function change(alter, refit) {
    alter(state);
    show(refit);
    note(true);
  }
  window.addEventListener("popstate", function (e) {
    depth = e.state && e.state.depth || 0;
    state = parse(location.hash);
    show(!state.view);
    if (state.view) moveTo(state.view);
    document.getElementById("back").disabled = depth === 0;
  });

  // ---- what is seen -----------------------------------------------------------------------------------------------
  function passes(n, but) {
    if (but !== "type" && state.off.indexOf(n.t) >= 0) return false;
    return FILTERS.every(function (key) { return key === but || !state[key] || (n[key] || []).indexOf(state[key]) >= 0; });
  }
  function lineOn(j) { return state.noline.indexOf(j[2]) < 0; }
  function around(start, hops) {
    var found = {}, edge = [start];
    found[start] = true;
    for (var step = 0; step < hops; step++) {
      var next = [];
      edge.forEach(function (k) {
        joinsOf[k].forEach(function (jk) {
          var j = J[jk], other = j[0] === k ? j[1] : j[0];
          if (lineOn(j) && !found[other] && state.off.indexOf(N[other].t) < 0) { found[other] = true; next.push(other); }
        });
      });
      edge = next;
    }
    return found;
  }
  var seen = {}, matching = 0;
  function choose() {
    var chosen = {}, taken = 0;
    var near = state.focus ? around(byId[state.focus].k, state.hops) : null;
    matching = 0;
    N.forEach(function (n) {
      if (near ? near[n.k] && (n.i === state.focus || passes(n, "type")) : passes(n)) {
        matching += 1;
        if (taken < D.cap) { chosen[n.i] = true; taken += 1; }
      }
    });
    state.add.forEach(function (i) { if (!chosen[i]) { chosen[i] = true; matching += state.off.indexOf(byId[i].t) >= 0 || near ? 1 : 0; } });
    var way = path();
    if (way) way.nodes.forEach(function (k) { chosen[N[k].i] = true; });
    if (state.sel) chosen[state.sel] = true;
    state.hide.forEach(function (i) { delete chosen[i]; });
    return chosen;
  }
  // The layout is wider than high; in a window that is higher than wide it stands upright.
  var upright = innerHeight > innerWidth * 1.25;
  function place(n) {
    if (state.pin[n.i]) return state.pin[n.i];
    if (state.arranged && arrangement[n.i]) return arrangement[n.i];
    return upright ? [n.at[1], n.at[0]] : n.at;
  }
  var hollow = { zone: 1, organization: 1, honour: 1, event: 1, indicator: 1 };
  var shape = { place: "dot", zone: "dot", project: "triangle", facility: "diamond", enterprise: "square", organization: "square", programme: "star", policy: "triangleDown", honour: "star", event: "hexagon", brand: "hexagon", indicator: "diamond" };
  var palette = {};
  function readPalette() {
    Object.keys(shape).forEach(function (t) { palette[t] = kg.colour(t); });
    ["paper", "ink", "ink-2", "ink-3", "line-2", "seal", "seal-text", "sheet"].forEach(function (c) { palette[c] = kg.colour(c); });
  }
  function look(n, dim) {
    var c = palette[n.t], fill = hollow[n.t] ? palette.paper : c;
    return { id: n.i, color: { background: fill, border: c, highlight: { background: fill, border: palette.ink }, hover: { background: fill, border: palette.ink } },
      borderWidth: hollow[n.t] ? 2.4 : 0.8, borderWidthSelected: 3, opacity: dim ? 0.16 : 1 };
  }
  function drawn(n) {
    var at = place(n), v = look(n, false);
    v.label = n.n; v.title = n.n + " · " + kg.label(typeName[n.t]); v.shape = shape[n.t]; v.size = n.r; v.x = at[0]; v.y = at[1];
    return v;
  }
  function edgeLook(k, mode) {
    var j = J[k], soft = j[2] === "near", thin = soft || j[2] === "inPlace" || j[2] === "hasObservation";
    return { id: "j" + k, from: N[j[0]].i, to: N[j[1]].i, width: mode === "lit" ? 3.4 : thin ? 1.8 : 2.6, dashes: soft ? [3, 7] : false,
      arrows: { to: { enabled: !soft, scaleFactor: 0.45 } }, hidden: false,
      color: { color: mode === "lit" ? palette["seal-text"] : palette["ink-3"], opacity: mode === "dim" ? 0.1 : mode === "lit" ? 1 : thin ? 0.42 : 0.66, inherit: false } };
  }
  // More things than this are moved without their lines, so that moving stays smooth.
  var LARGE = 450, isLarge = false;
  var version = 0, shownLines = [];
  function show(refit) {
    if (state.arranged) arrange();
    var chosen = choose();
    if (state.arranged) { arrange(chosen); }
    var gone = Object.keys(seen).filter(function (i) { return !chosen[i]; });
    var come = Object.keys(chosen).filter(function (i) { return !seen[i]; });
    if (gone.length) nodes.remove(gone);
    var stay = Object.keys(chosen).filter(function (i) { return seen[i]; });
    var moved = [];
    stay.forEach(function (i) {
      var at = place(byId[i]), was = positions[i];
      if (!was || was[0] !== at[0] || was[1] !== at[1]) moved.push({ id: i, x: at[0], y: at[1] });
    });
    if (moved.length) nodes.update(moved);
    if (come.length) nodes.add(come.map(function (i) { return drawn(byId[i]); }));
    positions = {};
    Object.keys(chosen).forEach(function (i) { positions[i] = place(byId[i]); });
    seen = chosen;
    var lines = {};
    shownLines = [];
    J.forEach(function (j, k) { if (chosen[N[j[0]].i] && chosen[N[j[1]].i] && lineOn(j)) { lines["j" + k] = true; shownLines.push(k); } });
    var old = edges.getIds();
    edges.remove(old.filter(function (i) { return !lines[i]; }));
    var had = {};
    old.forEach(function (i) { had[i] = true; });
    edges.add(shownLines.filter(function (k) { return !had["j" + k]; }).map(function (k) { return edgeLook(k); }));
    version += 1;
    var large = Object.keys(chosen).length > LARGE;
    if (large !== isLarge) { isLarge = large; network.setOptions({ interaction: { hideEdgesOnDrag: large, hideEdgesOnZoom: large } }); }
    emphasise();
    panels();
    controls();
    if (refit) fit();
  }
  var positions = {}, lit = null;
  function emphasise() {
    var way = path();
    lit = null;
    if (way) {
      lit = {};
      way.nodes.forEach(function (k) { lit[N[k].i] = true; });
    } else if (state.sel && seen[state.sel]) {
      lit = {};
      lit[state.sel] = true;
      shownLines.forEach(function (k) {
        var a = N[J[k][0]].i, b = N[J[k][1]].i;
        if (a === state.sel) lit[b] = true;
        if (b === state.sel) lit[a] = true;
      });
    }
    nodes.update(Object.keys(seen).map(function (i) { return look(byId[i], lit && !lit[i]); }));
    var onWay = {};
    if (way) way.joins.forEach(function (k) { onWay[k] = true; });
    edges.update(shownLines.map(function (k) {
      var a = N[J[k][0]].i, b = N[J[k][1]].i;
      var mode = !lit ? "" : way ? (onWay[k] ? "lit" : "dim") : a === state.sel || b === state.sel ? "lit" : "dim";
      return edgeLook(k, mode);
    }));
    if (state.sel && seen[state.sel]) network.selectNodes([state.sel], false); else network.unselectAll();
    version += 1;
  }

  // ---- names beside things: as many as fit, the weightiest first ---------------------------------------------------
  var plan = { key: "", items: [], marks: [] }, hovered = "", dragging = false, widths = {};
  function lines(text, whole) {
    if (/^[\x00-\u02ff]+$/.test(text)) return latinLines(text, whole);
    if (text.length <= 12) return [text];
    if (whole || text.length <= 24) {
      var rows = Math.ceil(text.length / 12), size = Math.ceil(text.length / rows), out = [];
      for (var i = 0; i < text.length; i += size) out.push(text.slice(i, i + size));
      return out;
    }
    return [text.slice(0, 12), text.slice(12, 22) + "…"];
  }
  function latinLines(text, whole) {
    var out = [""];
    text.split(" ").forEach(function (w) { if (out[out.length - 1] && (out[out.length - 1] + " " + w).length > 22) out.push(w); else out[out.length - 1] += (out[out.length - 1] ? " " : "") + w; });
    return whole || out.length < 3 ? out : [out[0], out[1] + "…"];
  }
  function measure(ctx, text) {
    if (!(text in widths)) { ctx.font = "100px " + FONT; widths[text] = ctx.measureText(text).width / 100; }
    return widths[text];
  }
  var FONT = getComputedStyle(document.body).fontFamily;
  function planLabels(ctx, scale) {
    var key = [Math.round(Math.log(scale) * 24), version, state.sel, hovered, dragging ? Math.random() : 0].join();
    if (plan.key === key) return plan;
    var cells = {}, items = [], inside = network.body.nodes;
    function clashes(box, add) {
      for (var x = Math.floor(box[0] / 64); x <= Math.floor(box[2] / 64); x++) {
        for (var y = Math.floor(box[1] / 64); y <= Math.floor(box[3] / 64); y++) {
          var cell = cells[x + ":" + y] || (cells[x + ":" + y] = []);
          if (add) { cell.push(box); continue; }
          for (var i = 0; i < cell.length; i++) {
            var o = cell[i];
            if (box[0] < o[2] && box[2] > o[0] && box[1] < o[3] && box[3] > o[1]) return true;
          }
        }
      }
      return false;
    }
    var order = Object.keys(seen).map(function (i) { return byId[i]; });
    function rank(n) { return (n.i === hovered ? 4e6 : 0) + (n.i === state.sel ? 2e6 : 0) + (lit && lit[n.i] ? 1e6 : 0) + n.w; }
    order.sort(function (a, b) { return rank(b) - rank(a) || a.k - b.k; });
    // Names keep off the larger things.
    order.slice(0, 60).forEach(function (n) {
      var r = n.r * scale, at = inside[n.i];
      if (at && r > 5 && !(lit && !lit[n.i])) clashes([at.x * scale - r, at.y * scale - r, at.x * scale + r, at.y * scale + r], true);
    });
    order.forEach(function (n) {
      if (!inside[n.i] || lit && !lit[n.i] && n.i !== hovered) return;
      var main = n.i === hovered || n.i === state.sel;
      var size = Math.min(16, 11.5 + Math.sqrt(n.w) * 0.42) + (main ? 1 : 0), r = n.r * scale;
      var rows = lines(called(n), main), wide = 0;
      rows.forEach(function (row) { wide = Math.max(wide, measure(ctx, row) * size); });
      var cx = inside[n.i].x * scale, cy = inside[n.i].y * scale, high = rows.length * size * 1.2;
      var spots = [[cx - wide / 2, cy + r + 4], [cx + r + 5, cy - high / 2], [cx - r - 5 - wide, cy - high / 2], [cx - wide / 2, cy - r - 4 - high]];
      for (var s = 0; s < spots.length; s++) {
        var x = spots[s][0], y = spots[s][1], box = [x - 2, y - 1, x + wide + 2, y + high];
        if (!main && clashes(box)) continue;
        clashes(box, true);
        items.push({ n: n, rows: rows, dx: (x + wide / 2 - cx) / scale, dy: (y - cy) / scale, size: size });
        break;
      }
    });
    var marks = [];
    if (scale > 0.22) {
      wantedLines().forEach(function (l) {
        var a = inside[N[J[l.k][0]].i], b = inside[N[J[l.k][1]].i];
        if (!a || !b) return;
        var wide = measure(ctx, l.text) * 10.5, t = l.t, x = (a.x + (b.x - a.x) * t) * scale, y = (a.y + (b.y - a.y) * t) * scale;
        var box = [x - wide / 2 - 2, y - 8, x + wide / 2 + 2, y + 8];
        if (clashes(box)) return;
        clashes(box, true);
        marks.push({ a: a, b: b, t: t, text: l.text });
      });
    }
    plan = { key: key, items: items, marks: marks };
    return plan;
  }
  /* Lines whose relation is named: those of what is selected, or all of them when asked for. */
  function wantedLines() {
    var out = [], way = path();
    shownLines.forEach(function (k) {
      var j = J[k], a = N[j[0]].i, b = N[j[1]].i, mine = way ? way.joins.indexOf(k) >= 0 : lit && lit[a] && lit[b] && (a === state.sel || b === state.sel);
      if (!mine && !(state.labels && !lit) || j[2] === "near" && !way) return;
      out.push({ k: k, text: kg.label(D.predicates[j[2]]), t: way || !mine ? 0.5 : a === state.sel ? 0.62 : 0.38 });
    });
    return out.slice(0, 500);
  }
  // While a large drawing is moved only its weightiest names move with it; the others come back when it rests.
  var stood = "", resting = 0;
  network.on("afterDrawing", function (ctx) {
    var scale = network.getScale(), inside = network.body.nodes, at = network.getViewPosition();
    var stands = [at.x, at.y, scale].join(), moving = stands !== stood && plan.items.length > 60 && isLarge;
    if (moving) {
      clearTimeout(resting);
      resting = setTimeout(function () { network.redraw(); }, 120);
    }
    stood = stands;
    ctx.save();
    ctx.lineJoin = "round";
    ctx.textAlign = "center";
    ctx.textBaseline = "top";
    var labels = planLabels(ctx, scale);
    ctx.font = 10.5 / scale + "px " + FONT;
    ctx.lineWidth = 3.5 / scale;
    ctx.strokeStyle = palette.paper;
    ctx.fillStyle = palette["ink-2"];
    (moving ? [] : labels.marks).forEach(function (m) {
      var x = m.a.x + (m.b.x - m.a.x) * m.t, y = m.a.y + (m.b.y - m.a.y) * m.t - 6 / scale;
      ctx.strokeText(m.text, x, y);
      ctx.fillText(m.text, x, y);
    });
    (moving ? labels.items.slice(0, 40) : labels.items).forEach(function (item) {
      var at = inside[item.n.i];
      if (!at) return;
      ctx.font = (item.n.i === state.sel || item.n.w > 20 ? "600 " : "") + item.size / scale + "px " + FONT;
      ctx.lineWidth = 3 / scale;
      ctx.strokeStyle = palette.paper;
      ctx.fillStyle = palette.ink;
      item.rows.forEach(function (row, r) {
        var x = at.x + item.dx, y = at.y + item.dy + r * item.size * 1.2 / scale;
        ctx.strokeText(row, x, y);
        ctx.fillText(row, x, y);
      });
    });
    ctx.restore();
  });

  // ---- moving about ---------------------------------------------------------------------------------------------------
  /* The part of the stage that no panel covers: on a narrow window the panel lies over its lower half. */
  function free() {
    var w = el.stage.clientWidth, high = el.stage.clientHeight, over = narrow() && !el.panel.hidden ? el.panel.offsetHeight : 0;
    return { w: w, h: Math.max(120, high - over), dy: -over / 2 };
  }
  function narrow() { return matchMedia("(max-width: 60rem)").matches; }
  function fit() {
    var ids = lit ? Object.keys(lit).filter(function (i) { return seen[i]; }) : Object.keys(seen);
    if (!ids.length) return;
    var low = [1e9, 1e9], high = [-1e9, -1e9], room = free();
    ids.forEach(function (i) {
      var at = place(byId[i]), r = byId[i].r;
      low = [Math.min(low[0], at[0] - r), Math.min(low[1], at[1] - r)];
      high = [Math.max(high[0], at[0] + r), Math.max(high[1], at[1] + r)];
    });
    var scale = Math.min((room.w - (narrow() ? 50 : 150)) / (high[0] - low[0]), (room.h - 130) / (high[1] - low[1]), 1.25);
    network.moveTo({ position: { x: (low[0] + high[0]) / 2, y: (low[1] + high[1]) / 2 }, scale: Math.max(0.05, scale), offset: { x: 0, y: room.dy + 14 }, animation: started ? motion() : false });
    state.view = null;
  }
  function moveTo(v) { network.moveTo({ position: { x: v[0], y: v[1] }, scale: v[2] }); }
  var later = 0;
  function moved() {
    clearTimeout(later);
    later = setTimeout(function () {
      var p = network.getViewPosition();
      state.view = [Math.round(p.x), Math.round(p.y), Math.round(network.getScale() * 1000) / 1000];
      note(false);
    }, 250);
  }
  network.on("zoom", moved);
  network.on("dragStart", function (e) { dragging = e.nodes.length > 0; });
  network.on("dragEnd", function (e) {
    dragging = false;
    if (e.nodes.length) {
      var at = network.getPositions(e.nodes);
      change(function (s) { e.nodes.forEach(function (i) { s.pin[i] = [Math.round(at[i].x), Math.round(at[i].y)]; }); });
    } else moved();
  });
  var clickTimer = 0;
  network.on("click", function (e) {
    clearTimeout(clickTimer);
    var i = e.nodes[0] || "";
    clickTimer = setTimeout(function () { select(i, false); }, 180);
  });
  network.on("doubleClick", function (e) {
    clearTimeout(clickTimer);
    if (e.nodes[0]) grow(e.nodes[0]);
  });
  network.on("hoverNode", function (e) { hovered = e.node; network.redraw(); });
  network.on("blurNode", function () { hovered = ""; network.redraw(); });

  function select(i, bring) {
    if (i === state.sel && !state.from) { if (bring) centre(i); return; }
    change(function (s) { s.sel = i; s.from = s.to = ""; s.way = 0; if (i) s.hide = s.hide.filter(function (x) { return x !== i; }); if (i && bring && !seen[i]) s.add = s.add.concat(i); });
    if (i) {
      speak(byId[i]);
      if (bring) centre(i);
    }
  }
  function centre(i) {
    var at = place(byId[i]);
    network.moveTo({ position: { x: at[0], y: at[1] }, scale: Math.max(0.55, Math.min(1.2, network.getScale())), offset: { x: 0, y: free().dy }, animation: motion() });
    moved();
  }
  function speak(n) {
    el.spoken.textContent = n.n + "，" + kg.label(typeName[n.t]) + "，" + say("相连 ", "joined to ") + neighboursOf(n.k).length + say(" 个", "");
  }
  function neighboursOf(k) {
    var found = {};
    joinsOf[k].forEach(function (jk) { var j = J[jk]; found[j[0] === k ? j[1] : j[0]] = true; });
    return Object.keys(found).map(Number).sort(function (a, b) { return a - b; });
  }
  function grow(i) {
    var n = byId[i], all = neighboursOf(n.k).filter(function (k) { return !seen[N[k].i] && state.off.indexOf(N[k].t) < 0; });
    var come = all.slice(0, 40).map(function (k) { return N[k].i; });
    change(function (s) { s.add = s.add.concat(come); s.hide = s.hide.filter(function (x) { return come.indexOf(x) < 0; }); s.sel = i; s.from = s.to = ""; });
    el.spoken.textContent = say("新增 ", "added ") + come.length + (all.length > come.length ? say("，其余 ", ", not drawn ") + (all.length - come.length) : "");
  }
  function hide(i) {
    change(function (s) { s.hide = s.hide.concat(i); s.add = s.add.filter(function (x) { return x !== i; }); if (s.sel === i) s.sel = ""; if (s.focus === i) s.focus = ""; });
  }
  function pin(i) {
    change(function (s) { if (s.pin[i]) delete s.pin[i]; else { var at = network.getPositions([i])[i] || { x: place(byId[i])[0], y: place(byId[i])[1] }; s.pin[i] = [Math.round(at.x), Math.round(at.y)]; } });
  }
  function focus(i, hops) {
    change(function (s) { s.focus = s.focus === i && s.hops === hops ? "" : i; s.hops = hops; s.sel = i; s.add = []; s.hide = []; s.arranged = s.focus !== ""; }, true);
  }

  // ---- rearranging what is seen (few enough for every pair) -----------------------------------------------------------
  var arrangement = {}, arrangedFor = "";
  function arrange(chosen) {
    if (!chosen) return;
    var ids = Object.keys(chosen).sort(function (a, b) { return byId[a].k - byId[b].k; }), key = ids.join();
    if (key === arrangedFor) return;
    arrangedFor = key;
    arrangement = {};
    var n = ids.length, X = new Float64Array(n), Y = new Float64Array(n), at = {}, links = [];
    ids.forEach(function (i, k) { at[i] = k; var r = 60 * Math.sqrt(k + 0.5), t = k * 2.399963; X[k] = byId[i].at[0] * 0.15 + r * Math.cos(t); Y[k] = byId[i].at[1] * 0.15 + r * Math.sin(t); });
    J.forEach(function (j) { var a = N[j[0]].i, b = N[j[1]].i; if (a in at && b in at && lineOn(j)) links.push([at[a], at[b], j[2] === "near" ? 0.4 : 1]); });
    var deg = new Float64Array(n);
    links.forEach(function (l) { deg[l[0]]++; deg[l[1]]++; });
    var L = 95, rounds = n > 500 ? 60 : n > 200 ? 120 : 260;
    for (var step = 0; step < rounds; step++) {
      var FX = new Float64Array(n), FY = new Float64Array(n), heat = 26 * (1 - step / rounds) + 0.5;
      for (var a = 0; a < n; a++) {
        for (var b = a + 1; b < n; b++) {
          var dx = X[a] - X[b], dy = (Y[a] - Y[b]) * 1.35, d2 = dx * dx + dy * dy + 1, f = L * L * 1.3 / (d2 * (1 + d2 / (L * L * 25)));
          FX[a] += dx * f; FY[a] += dy * f; FX[b] -= dx * f; FY[b] -= dy * f;
        }
        var pull = deg[a] ? 0.06 : 0.1;
        FX[a] -= X[a] * pull; FY[a] -= Y[a] * pull * 1.3;
      }
      links.forEach(function (l) {
        var dx = X[l[0]] - X[l[1]], dy = Y[l[0]] - Y[l[1]], f = Math.sqrt(dx * dx + dy * dy) / L * l[2] / Math.sqrt(Math.max(1, Math.min(deg[l[0]], deg[l[1]])));
        FX[l[0]] -= dx * f; FY[l[0]] -= dy * f; FX[l[1]] += dx * f; FY[l[1]] += dy * f;
      });
      for (var i = 0; i < n; i++) {
        var len = Math.sqrt(FX[i] * FX[i] + FY[i] * FY[i]) || 1, m = Math.min(len, heat);
        X[i] += FX[i] / len * m; Y[i] += FY[i] / len * m;
      }
    }
    ids.forEach(function (i, k) { arrangement[i] = [Math.round(X[k]), Math.round(Y[k])]; });
  }

  // ---- paths ------------------------------------------------------------------------------------------------------------
  var ways = { key: "", list: [] };
  function findWays() {
    var key = state.from + ">" + state.to + "|" + state.noline.join();
    if (ways.key === key) return ways.list;
    ways = { key: key, list: [] };
    if (!state.from || !state.to || state.from === state.to) return ways.list;
    // What reports state comes first; names side by side and figures in common only where nothing is stated.
    walk(function (j) { return j[2] !== "near" && j[2] !== "hasObservation"; });
    if (!ways.list.length) walk(function () { return true; });
    return ways.list;
  }
  function walk(may) {
    var a = byId[state.from].k, b = byId[state.to].k, before = {}, level = [a], distance = {};
    distance[a] = 0;
    for (var step = 1; level.length && !(b in distance); step++) {
      var next = [];
      level.forEach(function (k) {
        joinsOf[k].forEach(function (jk) {
          var j = J[jk], o = j[0] === k ? j[1] : j[0];
          if (!lineOn(j) || !may(j) || state.hide.indexOf(N[o].i) >= 0) return;
          if (!(o in distance)) { distance[o] = step; next.push(o); before[o] = []; }
          if (distance[o] === step) before[o].push([k, jk]);
        });
      });
      level = next;
    }
    if (!(b in distance)) return;
    (function back(k, tail, joins) {
      if (ways.list.length >= 12) return;
      if (k === a) { ways.list.push({ nodes: [a].concat(tail), joins: joins }); return; }
      before[k].forEach(function (p) { back(p[0], [k].concat(tail), [p[1]].concat(joins)); });
    })(b, [], []);
  }
  function path() { var list = state.from && state.to ? findWays() : []; return list.length ? list[Math.min(state.way, list.length - 1)] : null; }

  // ---- searching ----------------------------------------------------------------------------------------------------------
  function score(n, q) {
    var best = 0;
    n.all = n.all || [n.n, n.h, n.e].concat(n.a || []).filter(Boolean).map(function (t) { return t.toLowerCase(); });
    n.all.forEach(function (t) {
      var at = t.indexOf(q);
      if (at >= 0) best = Math.max(best, (t === q ? 100 : at === 0 ? 80 : 60) - Math.min(15, t.length - q.length));
    });
    if (best || !/^[a-z' ]+$/.test(q) || !n.py) return best;
    if (!n.syl) { n.syl = n.py.split(" "); n.ini = n.syl.map(function (s) { return s.charAt(0); }).join(""); }
    var bare = q.replace(/[' ]/g, "");
    for (var k = 0; k < n.syl.length; k++) {
      if (n.syl.slice(k).join("").indexOf(bare) === 0) return (k ? 40 : 50) - Math.min(15, n.syl.length);
      if (bare.length > 1 && n.ini.indexOf(bare, k) === k) return (k ? 32 : 45) - Math.min(15, n.syl.length);
    }
    return 0;
  }
  function search(text) {
    var q = text.trim().toLowerCase();
    if (!q) return [];
    var hits = [];
    N.forEach(function (n) { var s = score(n, q); if (s > 0) hits.push([s, n]); });
    hits.sort(function (a, b) { return b[0] - a[0] || a[1].k - b[1].k; });
    return hits.slice(0, 12).map(function (x) { return x[1]; });
  }
  /* A box one types into with suggestions below, by the ARIA pattern for comboboxes. */
  function combobox(input, listElement, chosen, keep) {
    var hits = [], at = -1;
    function close() { kg.empty(listElement); hits = []; at = -1; input.setAttribute("aria-expanded", "false"); input.removeAttribute("aria-activedescendant"); }
    function mark(to) {
      at = to;
      Array.prototype.forEach.call(listElement.children, function (li, k) { li.setAttribute("aria-selected", String(k === at)); if (k === at) { input.setAttribute("aria-activedescendant", li.id); li.scrollIntoView({ block: "nearest" }); } });
    }
    function take(n) { input.value = keep ? n.n : ""; close(); chosen(n); }
    function open() {
      hits = search(input.value);
      kg.empty(listElement);
      hits.forEach(function (n, k) {
        listElement.appendChild(h("li", { role: "option", id: listElement.id + "-" + k, "aria-selected": "false", onmousedown: function (e) { e.preventDefault(); take(n); } },
          kg.icon(n.t), kg.name(shortName(called(n))), h("small", null, seen[n.i] ? kg.label(typeName[n.t]) : say("未显示", "not drawn"))));
      });
      if (!hits.length && input.value.trim()) listElement.appendChild(h("li", { class: "none", role: "option", "aria-disabled": "true" }, say("没有找到", "Nothing found")));
      input.setAttribute("aria-expanded", String(hits.length > 0));
      if (hits.length) mark(0);
    }
    input.addEventListener("input", open);
    input.addEventListener("focus", function () { if (input.value && !keep) open(); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", function (e) {
      if (e.key === "ArrowDown" && hits.length) { mark((at + 1) % hits.length); e.preventDefault(); }
      else if (e.key === "ArrowUp" && hits.length) { mark((at + hits.length - 1) % hits.length); e.preventDefault(); }
      else if (e.key === "Enter" && hits[at]) { take(hits[at]); e.preventDefault(); }
      else if (e.key === "Escape") { close(); e.stopPropagation(); }
    });
  }

  // ---- legend, filters, list ------------------------------------------------------------------------------------------------
  function toggle(list, item) { var at = list.indexOf(item); if (at >= 0) list.splice(at, 1); else list.push(item); }
  function controls() {
    var total = {}, here = {}, lineTotal = {}, lineHere = {};
    N.forEach(function (n) { if (passes(n, "type")) total[n.t] = (total[n.t] || 0) + 1; if (seen[n.i]) here[n.t] = (here[n.t] || 0) + 1; });
    J.forEach(function (j) { lineTotal[j[2]] = (lineTotal[j[2]] || 0) + 1; });
    shownLines.forEach(function (k) { lineHere[J[k][2]] = (lineHere[J[k][2]] || 0) + 1; });
    function row(list, key, mark, text, n, of, on, off) {
      var li = list.querySelector('[data-key="' + key + '"]');
      if (!li) {
        li = h("li", { "data-key": key }, h("label", null, h("input", { type: "checkbox", onchange: off }), mark, h("span", { class: "t" }), h("span", { class: "n" })));
        list.appendChild(li);
      }
      li.querySelector("input").checked = on;
      li.querySelector(".t").textContent = text;
      li.querySelector(".n").textContent = n === of ? String(of) : n + " / " + of;
    }
    D.types.forEach(function (t) {
      if (!N.some(function (n) { return n.t === t[0]; })) return;
      row(el.types, t[0], kg.icon(t[0]), kg.label(typeName[t[0]]), here[t[0]] || 0, total[t[0]] || 0, state.off.indexOf(t[0]) < 0,
        function () { change(function (s) { toggle(s.off, t[0]); }); });
    });
    Object.keys(D.predicates).forEach(function (p) {
      if (!lineTotal[p]) return;
      row(el.lines, p, h("span", { class: "line " + p, "aria-hidden": "true" }), kg.label(D.predicates[p]), lineHere[p] || 0, lineTotal[p], state.noline.indexOf(p) < 0,
        function () { change(function (s) { toggle(s.noline, p); }); });
    });
    FILTERS.forEach(function (key) {
      if (!D[key].length) return;
      var select = document.getElementById("f-" + key);
      if (!select) {
        select = h("select", { id: "f-" + key, class: "field", onchange: function () { change(function (s) { s[key] = select.value; }, true); } });
        el.filters.appendChild(h("label", { for: "f-" + key }, h("span", { id: "t-" + key }), select));
      }
      document.getElementById("t-" + key).textContent = kg.label(D.filters[key]);
      kg.empty(select);
      select.appendChild(h("option", { value: "" }, say("全部", "All")));
      D[key].forEach(function (o) {
        var n = N.filter(function (x) { return (x[key] || []).indexOf(o[0]) >= 0 && passes(x, key); }).length;
        select.appendChild(h("option", { value: o[0], selected: state[key] === o[0] }, say(o[1], o[2] || o[1]) + "（" + n + "）"));
      });
      select.value = state[key];
    });
    var n = Object.keys(seen).length;
    kg.empty(el.count);
    kg.append(el.count, [say("显示 " + n + " / " + D.of, "Showing " + n + " of " + D.of),
      n < matching ? say("，按重要性取前 " + n, ", the weightiest " + n) : "",
      state.focus ? [" · ", kg.name(shortName(byId[state.focus].n)), say(" 周围 " + state.hops + " 步", " and " + state.hops + " around")] : ""]);
    if (state.focus || state.hide.length || state.add.length || FILTERS.some(function (k) { return state[k]; })) {
      el.count.appendChild(h("button", { type: "button", onclick: function () { var keep = state.sel; state = fresh(); state.sel = keep; show(true); note(true); } }, say("恢复", "Reset")));
    }
    document.getElementById("labels").setAttribute("aria-pressed", String(state.labels));
    document.getElementById("arrange").setAttribute("aria-pressed", String(state.arranged));
    document.getElementById("path").setAttribute("aria-pressed", String(pathOpen));
    if (el.list.open) listing();
  }
  function listing() {
    kg.empty(el.listing);
    D.types.forEach(function (t) {
      var here = N.filter(function (n) { return n.t === t[0] && seen[n.i]; });
      if (!here.length) return;
      el.listing.appendChild(h("h2", null, kg.label(typeName[t[0]]) + " " + here.length));
      el.listing.appendChild(h("ul", { class: "listing" }, here.map(function (n) { return h("li", null, h("button", { type: "button", onclick: function () { select(n.i, true); } }, kg.icon(n.t), named(n))); })));
    });
  }
  el.list.addEventListener("toggle", function () { if (el.list.open) listing(); });

  // ---- the panel --------------------------------------------------------------------------------------------------------------
  var pathOpen = false, restoring = true;
  function panels() {
    if (pathOpen || state.from || state.to) { pathOpen = true; pathPanel(); return; }
    if (!state.sel) { el.panel.hidden = true; return; }
    thingPanel(byId[state.sel]);
  }
  function closeButton() {
    return h("button", { type: "button", class: "close", "aria-label": say("关闭", "Close"), onclick: closePanel }, "×");
  }
  function closePanel() {
    pathOpen = false;
    change(function (s) { s.sel = s.from = s.to = ""; s.way = 0; });
    el.mynetwork.focus({ preventScroll: true });
  }
  function goto(k) {
    return h("button", { type: "button", class: "to", onclick: function () { select(N[k].i, true); } }, named(N[k]));
  }
  function quote(s) {
    if (!s.q || !s.q.length) return null;
    return h("details", null, h("summary", null, say("原文", "Quote")), s.q.map(function (q) { return sentence(q[0], q[1], q[2]); }));
  }
  function sentence(number, from, to) {
    var S = D.sentences[number], report = D.reports[S[0]], text = S[2];
    var block = h("blockquote", { lang: report[2] }, text.slice(0, from), to > from ? h("mark", null, text.slice(from, to)) : null, text.slice(to));
    var where = (report[1] ? report[1] : "") + (S[3] ? " · " + S[3] : "");
    kg.append(block, h("div", { class: "src" }, D.site ? h("a", { href: D.site.report + report[0] + ".html#s-" + S[1] }, where || say("报告", "report")) : where));
    return block;
  }
  /* How a relation is called seen from its object. */
  var INVERSE = {
    locatedIn: ["位于此地", "located here"], operatedBy: ["运营", "operates"], undertakenBy: ["承担实施", "undertakes"], partOf: ["包含", "has as part"],
    awarded: ["获得者", "awarded to"], seeks: ["争创者", "sought by"], issued: ["出台者", "issued by"], implements: ["实施者", "implemented by"]
  };
  var BOUND = { approx: "≈ ", ge: "≥ ", gt: "> ", le: "≤ ", lt: "< " };
  function meta(s, more) {
    var bits = [s.y ? h("span", { class: "muted" }, s.y) : null];
    if (more) bits.push(h("span", { class: "chip " + more[0] }, more[1]));
    return bits;
  }
  function limited(items, make, first) {
    var list = h("ul", { class: "says" }), n = first || 6;
    items.slice(0, n).forEach(function (s) { list.appendChild(make(s)); });
    if (items.length <= n) return list;
    var more = h("button", { type: "button", class: "more", onclick: function () { items.slice(n).forEach(function (s) { list.appendChild(make(s)); }); more.remove(); } }, say("全部 " + items.length + " 条", "All " + items.length));
    return [list, more];
  }
  function figureRow(me) {
    return function (s) {
      var named = s.i.length && s.i[0] !== me ? goto(s.i[0]) : s.a.length && s.a[0] !== me ? goto(s.a[0]) : kg.name(s.ph || "");
      var extra = s.m && s.m !== "level" ? h("span", { class: "muted" }, kg.label(D.measure[s.m])) : null;
      return h("li", { class: s.st }, h("div", { class: "what" }, named, extra, h("span", { class: "value" }, (BOUND[s.b] || "") + s.tx), meta(s, [s.st, kg.label(D.figureStatus[s.st])])),
        s.i.length && s.i[0] !== me && s.ph && s.ph !== N[s.i[0]].n ? h("div", { class: "note" }, kg.name(s.ph)) : null, quote(s));
    };
  }
  function undertakingRow(s) {
    return h("li", null, h("div", { class: "what" }, h("span", null, h("bdi", { lang: "zh-Hans" }, h("b", null, s.v), s.ob))),
      h("div", { class: "what" }, meta(s, s.d ? ["actual", say("已完成事项", "done")] : ["target", say("承诺", "promise")]), s.ar ? h("span", { class: "muted" }, kg.label(D.areaName[s.ar])) : null, s.dl ? h("span", { class: "muted" }, say("期限 ", "by ") + s.dl) : null), quote(s));
  }
  function thingPanel(n) {
    var said = saidOf[n.k].map(function (k) { return SAID[k]; }), p = kg.empty(el.panel);
    function of(kind) { return said.filter(function (s) { return s.k === kind; }); }
    function section(zh, en, items, body) { if (items.length) kg.append(p, [h("h3", null, say(zh, en), h("span", null, String(items.length))), body]); }
    kg.append(p, [closeButton(), h("div", { class: "kind" }, kg.icon(n.t), kg.label(typeName[n.t]), n.kd ? " · " + kg.label(n.kd) : "", (n["in"] || []).map(function (i) { return " · " + kg.label(i); }))]);
    p.appendChild(h("h2", { tabindex: "-1" }, named(n)));
    var also = [n.n, n.h !== n.n ? n.h : "", n.e].concat(n.a || []).filter(function (t, k, all) { return t && t !== called(n) && all.indexOf(t) === k; });
    if (also.length) p.appendChild(h("p", { class: "also" }, also.slice(0, 8).map(function (t, k) { return [k ? "、" : "", kg.name(t)]; })));
    var unseen = neighboursOf(n.k).filter(function (k) { return !seen[N[k].i] && state.off.indexOf(N[k].t) < 0; }).length;
    p.appendChild(h("div", { class: "acts" },
      h("button", { type: "button", class: "button", id: "act-grow", disabled: !unseen, onclick: function () { grow(n.i); } }, say("展开相连", "Expand") + (unseen ? " +" + unseen : "")),
      h("button", { type: "button", class: "button", id: "act-focus", "aria-pressed": String(state.focus === n.i && state.hops === 1), onclick: function () { focus(n.i, 1); } }, say("只看周围", "Only around")),
      h("button", { type: "button", class: "button", id: "act-focus2", "aria-pressed": String(state.focus === n.i && state.hops === 2), onclick: function () { focus(n.i, 2); } }, say("两步", "2 steps")),
      h("button", { type: "button", class: "button", id: "act-path", onclick: function () { pathOpen = true; change(function (s) { s.from = n.i; s.to = ""; }); } }, say("到…的路径", "Path to…")),
      h("button", { type: "button", class: "button", id: "act-pin", "aria-pressed": String(!!state.pin[n.i]), onclick: function () { pin(n.i); } }, say("固定", "Pin")),
      h("button", { type: "button", class: "button", id: "act-hide", onclick: function () { hide(n.i); } }, say("隐藏", "Hide")),
      D.site ? h("a", { class: "button", href: D.site.thing + n.i + ".html" }, say("完整页面", "Its page")) : null));
    var statuses = of("s").slice().sort(function (a, b) { return a.y < b.y ? -1 : a.y > b.y ? 1 : 0; });
    if (statuses.length) {
      kg.append(p, [h("h3", null, say("状态", "Status over time")), h("dl", { class: "times" }, statuses.map(function (s) {
        return [h("dt", null, s.y || "—"), h("dd", { class: s.t ? "target" : "" }, kg.label(D.statusName[s.v]), s.t ? [" ", h("span", { class: "chip target" }, say("计划", "planned"))] : null, quote(s))];
      }))]);
    }
    var figures = of("f");
    section("数据", "Figures", figures, limited(figures, figureRow(n.k)));
    var links = of("l"), groups = {};
    links.forEach(function (s) {
      var out = s.s === n.k, key = s.p + (out ? ">" : "<"), of = groups[key] = groups[key] || [];
      var same = of.find(function (x) { return x.s === s.s && x.o === s.o && x.t === s.t; });
      // Said twice is one line with both sentences.
      if (!same) of.push({ s: s.s, o: s.o, p: s.p, t: s.t, y: s.y, q: s.q.slice() });
      else { same.q = same.q.concat(s.q); if (s.y && (same.y || "").indexOf(s.y) < 0) same.y = same.y ? same.y + "、" + s.y : s.y; }
    });
    Object.keys(groups).forEach(function (key) {
      var out = key.slice(-1) === ">", p0 = key.slice(0, -1), items = groups[key], words = kg.label(out ? D.predicates[p0] : INVERSE[p0] || ["← " + D.predicates[p0][0], "← " + D.predicates[p0][1]]);
      kg.append(p, [h("h3", null, words, h("span", null, String(items.length))), limited(items, function (s) {
        return h("li", null, h("div", { class: "what" }, kg.icon(N[out ? s.o : s.s].t), goto(out ? s.o : s.s), meta(s, s.t ? ["target", say("计划", "planned")] : null)), quote(s));
      })]);
    });
    var todo = of("u");
    section("承诺与成效", "Promised and done", todo, limited(todo, undertakingRow, 4));
    var near = joinsOf[n.k].filter(function (k) { return J[k][2] === "near"; });
    section("同句提及", "Named beside", near, h("ul", { class: "says" }, near.map(function (k) {
      var j = J[k], other = j[0] === n.k ? j[1] : j[0];
      return h("li", null, h("div", { class: "what" }, kg.icon(N[other].t), goto(other)), h("details", null, h("summary", null, say("原文", "Quote")), j[3].map(function (s) { return sentence(s, 0, 0); })));
    })));
    var more = n.se || [];
    section("提及此名的句子", "Sentences that name it", more, limited(more, function (x) { return h("li", null, sentence(x[0], x[1], x[2])); }, 2));
    el.panel.hidden = false;
    el.panel.scrollTop = 0;
  }
  function pathPanel() {
    var p = kg.empty(el.panel);
    function box(which, zh, en) {
      var input = h("input", { class: "field", id: "p-" + which, type: "text", role: "combobox", "aria-expanded": "false", "aria-controls": "pl-" + which, "aria-autocomplete": "list", autocomplete: "off", placeholder: say("名称或拼音", "name or pinyin") });
      var list = h("ul", { class: "found", id: "pl-" + which, role: "listbox" });
      if (state[which]) input.value = byId[state[which]].n;
      combobox(input, list, function (n) { pathOpen = true; change(function (s) { s[which] = n.i; s.way = 0; s.sel = ""; }, !!(state.from && state.to)); var other = document.getElementById(which === "from" ? "p-to" : "p-from"); if (other && !state[which === "from" ? "to" : "from"]) other.focus(); }, true);
      return h("p", null, h("label", { for: "p-" + which, class: "note" }, say(zh, en)), h("span", { class: "find" }, input, list));
    }
    kg.append(p, [closeButton(), h("h2", { tabindex: "-1" }, say("两个事物之间的路径", "Paths between two things")), box("from", "从", "From"), box("to", "到", "To")]);
    if (state.from && state.to) {
      var list = findWays();
      kg.append(p, h("p", { class: "note", role: "status" }, list.length ? say("最短 " + list[0].joins.length + " 步，共 " + list.length + " 条" + (list.length >= 12 ? "（或更多）" : ""), list[0].joins.length + " steps, " + list.length + (list.length >= 12 ? " or more" : "") + " ways") : say("按所选联系，两者之间没有路径。", "No path by the joins chosen.")));
      kg.append(p, h("ol", { class: "ways" }, list.map(function (w, k) {
        return h("li", null, h("button", { type: "button", class: "button", "aria-pressed": String(k === Math.min(state.way, list.length - 1)), onclick: function () { change(function (s) { s.way = k; }, true); } }, say("路径 ", "Way ") + (k + 1)),
          h("ul", { class: "steps" }, w.nodes.map(function (x, at) {
            var j = at ? J[w.joins[at - 1]] : null;
            return [j ? h("li", { class: "step" }, (j[1] === x ? "↓ " : "↑ ") + kg.label(D.predicates[j[2]]), j[3].length ? h("details", null, h("summary", null, say("原文", "Quote")), j[2] === "near" ? j[3].slice(0, 2).map(function (s) { return sentence(s, 0, 0); }) : j[3].slice(0, 2).map(function (s) { return SAID[s].q.map(function (q) { return sentence(q[0], q[1], q[2]); }); })) : null) : null,
              h("li", { class: "stop" }, kg.icon(N[x].t), " ", goto(x))];
          })));
      })));
    }
    el.panel.hidden = false;
  }

  // ---- pictures -----------------------------------------------------------------------------------------------------------------
  function drawing() {
    var inside = network.body.nodes, ids = Object.keys(seen), low = [1e9, 1e9], high = [-1e9, -1e9];
    ids.forEach(function (i) { var a = inside[i]; low = [Math.min(low[0], a.x), Math.min(low[1], a.y)]; high = [Math.max(high[0], a.x), Math.max(high[1], a.y)]; });
    var scale = Math.max(0.3, Math.min(1, network.getScale() * 1.2)), pad = 90 / scale;
    var box = [low[0] - pad, low[1] - pad, high[0] - low[0] + 2 * pad, high[1] - low[1] + 2 * pad + 40 / scale];
    var svg = h("svg:svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: box.map(Math.round).join(" "), width: Math.round(box[2] * scale), height: Math.round(box[3] * scale), "font-family": FONT });
    svg.appendChild(h("svg:title", null, document.title));
    svg.appendChild(h("svg:rect", { x: box[0], y: box[1], width: box[2], height: box[3], fill: palette.paper }));
    shownLines.forEach(function (k) {
      var a = inside[N[J[k][0]].i], b = inside[N[J[k][1]].i], e = edgeLook(k, lit ? (lit[N[J[k][0]].i] && lit[N[J[k][1]].i] ? "lit" : "dim") : "");
      svg.appendChild(h("svg:line", { x1: Math.round(a.x), y1: Math.round(a.y), x2: Math.round(b.x), y2: Math.round(b.y), stroke: e.color.color, "stroke-opacity": e.color.opacity, "stroke-width": e.width, "stroke-dasharray": e.dashes ? "2 5" : null }));
    });
    ids.forEach(function (i) {
      var n = byId[i], a = inside[i], v = look(n, lit && !lit[i]);
      svg.appendChild(h("svg:path", { d: kg.shapes[n.t], transform: "translate(" + (a.x - n.r) + " " + (a.y - n.r) + ") scale(" + n.r / 8 + ")", fill: v.color.background, stroke: v.color.border, "stroke-width": v.borderWidth * 8 / n.r, opacity: v.opacity }));
    });
    planLabels(document.createElement("canvas").getContext("2d"), scale).items.forEach(function (item) {
      var a = inside[item.n.i];
      item.rows.forEach(function (row, r) {
        svg.appendChild(h("svg:text", { x: a.x + item.dx, y: a.y + item.dy + (r + 0.85) * item.size * 1.2 / scale, "font-size": item.size / scale, "text-anchor": "middle", fill: palette.ink, stroke: palette.paper, "stroke-width": 3 / scale, "paint-order": "stroke", "stroke-linejoin": "round" }, row));
      });
    });
    plan.key = "";
    return svg;
  }
  function saveSvg() {
    kg.save(new Blob([new XMLSerializer().serializeToString(drawing())], { type: "image/svg+xml;charset=utf-8" }), D.file + ".svg");
  }
  function savePng() {
    var svg = drawing(), w = +svg.getAttribute("width"), hgt = +svg.getAttribute("height"), k = Math.min(2, 7000 / Math.max(w, hgt));
    var url = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml;charset=utf-8" })), image = new Image();
    image.onload = function () {
      var canvas = h("canvas", { width: Math.round(w * k), height: Math.round(hgt * k) });
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      canvas.toBlob(function (blob) { kg.save(blob, D.file + ".png"); }, "image/png");
    };
    image.src = url;
  }

  // ---- buttons and keys ------------------------------------------------------------------------------------------------------------
  function press(id, f) { document.getElementById(id).addEventListener("click", f); }
  function zoom(by) { network.moveTo({ scale: Math.max(0.05, Math.min(4, network.getScale() * by)), animation: motion() }); moved(); }
  press("back", function () { if (depth) history.back(); });
  press("fit", function () { fit(); note(false); });
  press("in", function () { zoom(1.35); });
  press("out", function () { zoom(1 / 1.35); });
  press("path", function () { pathOpen = !pathOpen; if (pathOpen) { change(function (s) { s.from = s.from || s.sel; }); var to = document.getElementById(state.from ? "p-to" : "p-from"); to.focus(); } else closePanel(); });
  press("labels", function () { change(function (s) { s.labels = !s.labels; }); });
  press("arrange", function () { change(function (s) { s.arranged = !s.arranged; s.pin = {}; arrangedFor = ""; }, true); });
  press("png", savePng);
  press("svg", saveSvg);
  press("link", function () {
    note(false);
    var done = function (ok) { el.spoken.textContent = document.querySelector("#link span, #link").textContent = ok ? say("已复制", "Copied") : say("请从地址栏复制", "Copy it from the address bar"); setTimeout(function () { document.getElementById("link").textContent = say("复制链接", "Copy link"); }, 2200); };
    if (navigator.clipboard) navigator.clipboard.writeText(location.href).then(function () { done(true); }, function () { done(false); }); else done(false);
  });
  press("help", function () { el.helps.showModal(); });
  press("all-types", function () { change(function (s) { s.off = []; }); });
  press("clear", function () { change(function (s) { FILTERS.forEach(function (k) { s[k] = ""; }); s.off = D.off.slice(); s.noline = []; s.hide = []; s.add = []; s.focus = ""; s.arranged = false; }, true); });
  press("open-side", function () { var open = el.side.classList.toggle("open"); this.setAttribute("aria-expanded", String(open)); if (open) el.find.focus(); });
  el.stage.addEventListener("pointerdown", function (e) { if (!e.target.closest("#open-side")) { el.side.classList.remove("open"); document.getElementById("open-side").setAttribute("aria-expanded", "false"); } });
  combobox(el.find, el.found, function (n) { el.side.classList.remove("open"); select(n.i, true); focusPanel(); }, false);
  function focusPanel() { var head = el.panel.querySelector("h2"); if (head) head.focus({ preventScroll: true }); }
  function step(dx, dy) {
    var inside = network.body.nodes, from = state.sel && inside[state.sel], best = null, least = Infinity;
    if (!from) { var first = N.find(function (n) { return seen[n.i]; }); if (first) select(first.i, true); return; }
    Object.keys(seen).forEach(function (i) {
      if (i === state.sel) return;
      var x = inside[i].x - from.x, y = inside[i].y - from.y, ahead = x * dx + y * dy, aside = Math.abs(x * dy - y * dx);
      if (ahead <= 0 || aside > ahead * 1.2) return;
      var cost = ahead + aside * 1.8;
      if (cost < least) { least = cost; best = i; }
    });
    if (best) select(best, true);
  }
  document.addEventListener("keydown", function (e) {
    if (e.ctrlKey || e.metaKey || e.altKey || el.helps.open) return;
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(e.target.tagName);
    if (e.key === "Escape" && !el.panel.hidden) { closePanel(); return; }
    if (typing) return;
    if (e.key === "/") { el.side.classList.add("open"); el.find.focus(); e.preventDefault(); return; }
    if (e.key === "?") { el.helps.showModal(); return; }
    var here = e.target === el.mynetwork || el.mynetwork.contains(e.target) || e.target === document.body;
    if (!here) return;
    var arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    if (arrows[e.key]) { step(arrows[e.key][0], arrows[e.key][1]); e.preventDefault(); }
    else if (e.key === "+" || e.key === "=") zoom(1.35);
    else if (e.key === "-") zoom(1 / 1.35);
    else if (e.key === "0") fit();
    else if (e.key === "Backspace") { if (depth) history.back(); e.preventDefault(); }
    else if (state.sel && e.key === "Enter") { focusPanel(); e.preventDefault(); }
    else if (state.sel && /^e$/i.test(e.key)) grow(state.sel);
    else if (state.sel && /^h$/i.test(e.key)) hide(state.sel);
    else if (state.sel && /^p$/i.test(e.key)) pin(state.sel);
  });

  // ---- start -------------------------------------------------------------------------------------------------------------------------
  var started = false;
  readPalette();
  kg.on("theme", function () { readPalette(); emphasise(); });
  kg.on("language", function () { version += 1; controls(); panels(); network.redraw(); });
  // What pyvis drew is what an empty address says; take it over as it is.
  nodes.getIds().forEach(function (i) { seen[i] = true; positions[i] = byId[i].at; });
  state = parse(location.hash);
  show(!state.view);
  if (state.view) moveTo(state.view); else fit();
  note(false);
  started = true;
  document.documentElement.setAttribute("data-ready", "graph");
  performance.mark("graph-ready");
})();

/* The map: what the size of a point means, zoom and drag. It is a still picture without this script. */
"use strict";
(function () {
  var svg = document.getElementById("map"), box = svg.viewBox.baseVal, home = [box.x, box.y, box.width, box.height], now = home.slice(), measure = 0;
  var points = Array.prototype.slice.call(svg.querySelectorAll(".pt"));
  function apply() {
    svg.setAttribute("viewBox", now.map(function (v) { return v.toFixed(1); }).join(" "));
    // One pixel of the screen in units of the map: names keep their size whatever the zoom and the window.
    var pixel = now[2] / Math.max(280, svg.clientWidth), small = Math.min(1, Math.max(0.5, svg.clientWidth / 900));
    svg.querySelectorAll(".grid text, .scale text").forEach(function (t) { t.style.fontSize = (11 * pixel).toFixed(2) + "px"; });
    points.forEach(function (p) {
      var r = parseFloat(p.getAttribute("data-r").split(" ")[measure]) * pixel * small, circle = p.querySelector("circle"), texts = p.querySelectorAll("text");
      var value = parseFloat(p.getAttribute("data-v").split(" ")[measure]), x = +circle.getAttribute("cx"), y = +circle.getAttribute("cy");
      circle.setAttribute("r", r.toFixed(1));
      texts[0].setAttribute("y", (y + r + 16 * pixel).toFixed(1));
      texts[0].style.fontSize = (14 * pixel).toFixed(2) + "px";
      texts[0].style.strokeWidth = (4 * pixel).toFixed(2) + "px";
      texts[1].setAttribute("y", (y + 4.5 * pixel).toFixed(1));
      texts[1].setAttribute("x", x);
      texts[1].style.fontSize = (12 * pixel).toFixed(2) + "px";
      texts[1].textContent = value && r > 9 * pixel ? String(Math.round(value * 10) / 10) : "";
    });
    thin();
  }
  /* Names that would lie on a larger one's are left out until there is room. */
  function thin() {
    var taken = [];
    points.slice().sort(function (a, b) { return radius(b) - radius(a); }).forEach(function (p) {
      var text = p.querySelectorAll("text")[0];
      text.style.display = "";
      var r = text.getBoundingClientRect(), clash = taken.some(function (o) { return r.left < o.right && r.right > o.left && r.top < o.bottom && r.bottom > o.top; });
      if (clash) text.style.display = "none"; else taken.push(r);
    });
  }
  function radius(p) { return parseFloat(p.getAttribute("data-r").split(" ")[measure]); }
  function zoom(by, x, y) {
    var w = Math.min(home[2], Math.max(home[2] / 12, now[2] * by)), k = w / now[2];
    x = x === undefined ? now[0] + now[2] / 2 : x;
    y = y === undefined ? now[1] + now[3] / 2 : y;
    now = [x - (x - now[0]) * k, y - (y - now[1]) * k, w, now[3] * k];
    apply();
  }
  function at(e) { var r = svg.getBoundingClientRect(); return [now[0] + (e.clientX - r.left) / r.width * now[2], now[1] + (e.clientY - r.top) / r.height * now[3]]; }
  document.querySelectorAll("[data-measure]").forEach(function (b) {
    b.addEventListener("click", function () {
      measure = +b.getAttribute("data-measure");
      document.querySelectorAll("[data-measure]").forEach(function (x) { x.setAttribute("aria-pressed", String(x === b)); });
      apply();
    });
  });
  document.querySelectorAll("[data-zoom]").forEach(function (b) {
    b.addEventListener("click", function () {
      var how = b.getAttribute("data-zoom");
      if (how === "fit") { now = home.slice(); apply(); } else zoom(how === "in" ? 0.7 : 1 / 0.7);
    });
  });
  svg.addEventListener("wheel", function (e) { if (!e.ctrlKey && Math.abs(e.deltaY) < 1) return; e.preventDefault(); var p = at(e); zoom(e.deltaY > 0 ? 1.15 : 1 / 1.15, p[0], p[1]); }, { passive: false });
  var drag = null;
  svg.addEventListener("pointerdown", function (e) { drag = { p: at(e), moved: false, id: e.pointerId }; });
  svg.addEventListener("pointermove", function (e) {
    if (!drag) return;
    var p = at(e);
    if (!drag.moved && Math.abs(p[0] - drag.p[0]) + Math.abs(p[1] - drag.p[1]) < 4 * now[2] / home[2]) return;
    if (!drag.moved) svg.setPointerCapture(drag.id);
    drag.moved = true;
    now[0] -= p[0] - drag.p[0];
    now[1] -= p[1] - drag.p[1];
    apply();
  });
  window.addEventListener("pointerup", function () { setTimeout(function () { drag = null; }, 0); });
  svg.addEventListener("click", function (e) { if (drag && drag.moved) e.preventDefault(); }, true);
  svg.addEventListener("dragstart", function (e) { e.preventDefault(); });
  addEventListener("resize", apply);
  apply();
  document.documentElement.setAttribute("data-ready", "map");
})();

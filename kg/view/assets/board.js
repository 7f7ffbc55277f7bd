/* The board: columns by status or by county, and a filter. */
"use strict";
(function () {
  var board = document.getElementById("columns"), q = document.getElementById("q"), hits = document.getElementById("hits"), h = kg.h;
  var cards = Array.prototype.slice.call(board.querySelectorAll(".card")), byStatus = Array.prototype.slice.call(board.children), by = "status";
  byStatus.forEach(function (c) { c.own = Array.prototype.slice.call(c.querySelectorAll(".card")); });
  function group() {
    kg.empty(board);
    if (by === "status") {
      byStatus.forEach(function (c) { var list = c.querySelector("ul"); c.own.forEach(function (k) { list.appendChild(k); }); board.appendChild(c); });
    } else {
      var counties = {}, order = [];
      cards.forEach(function (k) { var key = k.getAttribute("data-county"); if (!counties[key]) { counties[key] = []; order.push(key); } counties[key].push(k); });
      order.sort(function (a, b) { return (a === "") - (b === "") || counties[b].length - counties[a].length || a.localeCompare(b, "zh-Hans"); });
      order.forEach(function (key) {
        board.appendChild(h("div", { class: "column" }, h("h3", null, key ? kg.name(key) : kg.say("未分到县（区）", "no county stated"), " ", h("span", { class: "n" }, String(counties[key].length))), h("ul", null, counties[key])));
      });
    }
    filter();
  }
  function filter() {
    var words = q.value.trim().toLowerCase(), n = 0;
    cards.forEach(function (k) { k.hidden = words !== "" && k.textContent.toLowerCase().indexOf(words) < 0; n += !k.hidden; });
    Array.prototype.forEach.call(board.children, function (c) {
      var here = Array.prototype.filter.call(c.querySelectorAll(".card"), function (k) { return !k.hidden; }).length;
      c.hidden = here === 0;
      c.querySelector(".n").textContent = here;
    });
    hits.textContent = words ? kg.say(n + " 个", n + " found") : "";
  }
  document.querySelectorAll("[data-group]").forEach(function (b) {
    b.addEventListener("click", function () {
      by = b.getAttribute("data-group");
      document.querySelectorAll("[data-group]").forEach(function (x) { x.setAttribute("aria-pressed", String(x === b)); });
      group();
    });
  });
  q.addEventListener("input", filter);
  kg.on("language", function () { if (by === "county") group(); });
  document.documentElement.setAttribute("data-ready", "board");
})();

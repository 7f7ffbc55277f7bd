/* The index: a filter by name in either script, by pinyin and by initials. */
"use strict";
(function () {
  var q = document.getElementById("q"), hits = document.getElementById("hits");
  var rows = Array.prototype.map.call(document.querySelectorAll("ul.index li"), function (li) { return [li, (li.querySelector("a").textContent + " " + li.getAttribute("data-search")).toLowerCase()]; });
  function filter() {
    var words = q.value.trim().toLowerCase(), n = 0;
    rows.forEach(function (r) { r[0].hidden = words !== "" && r[1].indexOf(words) < 0; n += !r[0].hidden; });
    document.querySelectorAll(".group").forEach(function (g) { g.hidden = !g.querySelector("li:not([hidden])"); });
    hits.textContent = words ? kg.say(n + " 个", n + " found") : "";
  }
  q.addEventListener("input", filter);
  document.documentElement.setAttribute("data-ready", "index");
})();

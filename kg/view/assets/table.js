/* Tables that can be sorted, filtered and taken away as CSV. They are whole without this script. */
"use strict";
(function () {
  function shown(table) { return Array.prototype.filter.call(table.tBodies[0].rows, function (r) { return !r.hidden; }); }
  function value(row, at) {
    var cell = row.cells[at], key = cell.getAttribute("data-sort");
    return key !== null ? key : cell.textContent.trim();
  }
  function sort(table, at, down) {
    var body = table.tBodies[0], numeric = table.tHead.rows[0].cells[at].classList.contains("num");
    Array.prototype.slice.call(body.rows).map(function (row, k) { return [value(row, at), k, row]; }).sort(function (a, b) {
      if (a[0] === "" || b[0] === "") return (a[0] === "") - (b[0] === "") || a[1] - b[1];
      var order = numeric ? parseFloat(a[0]) - parseFloat(b[0]) : a[0].localeCompare(b[0], "zh-Hans-u-co-pinyin");
      return (down ? -order : order) || a[1] - b[1];
    }).forEach(function (x) { body.appendChild(x[2]); });
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, k) { if (k === at) th.setAttribute("aria-sort", down ? "descending" : "ascending"); else th.removeAttribute("aria-sort"); });
  }
  document.querySelectorAll("table.sortable").forEach(function (table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (th, at) {
      var button = kg.h("button", { type: "button", onclick: function () { sort(table, at, th.getAttribute("aria-sort") === (th.classList.contains("num") ? "descending" : "ascending") ? !th.classList.contains("num") : th.classList.contains("num")); } }, th.textContent);
      ["data-en", "data-zh"].forEach(function (key) { if (th.hasAttribute(key)) { button.setAttribute(key, th.getAttribute(key)); th.removeAttribute(key); } });
      kg.empty(th).appendChild(button);
    });
  });
  document.querySelectorAll("[data-table]").forEach(function (bar) {
    var table = document.getElementById(bar.getAttribute("data-table")), count = bar.querySelector("[data-count]");
    function filter() {
      var words = bar.querySelector("[data-filter]").value.trim().toLowerCase().split(/\s+/);
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        var text = row.textContent.toLowerCase();
        var keep = words.every(function (w) { return text.indexOf(w) >= 0; });
        bar.querySelectorAll("[data-by]").forEach(function (s) { if (s.value && row.getAttribute("data-" + s.getAttribute("data-by")) !== s.value) keep = false; });
        bar.querySelectorAll("[data-has]").forEach(function (b) { if (b.checked && !row.hasAttribute("data-" + b.getAttribute("data-has"))) keep = false; });
        row.hidden = !keep;
      });
      tell();
    }
    function tell() { var n = shown(table).length, all = table.tBodies[0].rows.length; count.textContent = n === all ? kg.say(all + " 行", all + " rows") : kg.say(n + " / " + all + " 行", n + " of " + all + " rows"); }
    bar.addEventListener("input", filter);
    bar.addEventListener("change", filter);
    kg.on("language", tell);
    tell();
    bar.querySelector("[data-csv]").addEventListener("click", function () {
      function field(text) {
        text = text.replace(/\s+/g, " ").trim();
        // A spreadsheet would run what begins like a formula; figures keep their sign.
        if (/^[=+@\t\r-]/.test(text) && !/^[+-]?[\d.,]+[%％]?$/.test(text)) text = "'" + text;
        return /[",\n]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
      }
      function line(cells) { return Array.prototype.map.call(cells, function (c) { var many = c.querySelectorAll(".v"); return field(many.length ? Array.prototype.map.call(many, function (v) { return v.textContent.replace(/\s+/g, " ").trim(); }).join("；") : c.textContent); }).join(","); }
      var rows = [line(table.tHead.rows[0].cells)].concat(shown(table).map(function (r) { return line(r.cells); }));
      kg.save(new Blob(["\ufeff" + rows.join("\r\n") + "\r\n"], { type: "text/csv;charset=utf-8" }), this.getAttribute("data-csv"));
    });
  });
  document.documentElement.setAttribute("data-tables", "ready");
})();

/* Charts of the figures page, drawn by Apache ECharts. Each is also in the tables below it. */
"use strict";
(function () {
  var data = kg.data("chart-data"), drawn = {}, report = 0, series = 0;
  function c(name) { return kg.colour(name); }
  function base() {
    return {
      animation: false,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: c("ink") },
      aria: { enabled: true, decal: { show: false } },
      tooltip: { renderMode: "richText", confine: true, backgroundColor: c("ink"), borderWidth: 0, textStyle: { color: c("paper"), fontSize: 12 } },
      legend: { top: 0, right: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: c("ink-2") } },
      grid: { left: 8, right: 46, top: 34, bottom: 8, containLabel: true }
    };
  }
  function axis(type, more) {
    var a = { type: type, axisLine: { show: type === "category", lineStyle: { color: c("line-2") } }, axisTick: { show: false }, axisLabel: { color: c("ink-2"), fontSize: 12, hideOverlap: true }, splitNumber: narrow ? 3 : 5, splitLine: { show: type === "value", lineStyle: { color: c("line") } } };
    for (var k in more || {}) a[k] = more[k];
    return a;
  }
  /* Cut by width: a Chinese character is as wide as two Latin letters. */
  function cut(text, longest) {
    var wide = 0;
    for (var i = 0; i < text.length; i++) {
      wide += text.charCodeAt(i) < 0x2e80 ? 0.55 : 1;
      if (wide > longest) return text.slice(0, i) + "…";
    }
    return text;
  }
  function names(rows, longest) { return rows.map(function (r) { return cut(kg.label(r.name), longest); }); }
  var BOUND = { approx: "≈ ", ge: "≥ ", gt: "> ", le: "≤ ", lt: "< " };
  var narrow = innerWidth < 640;
  function put(id, option, rows) {
    var figure = document.getElementById("chart-" + id), canvas = figure.querySelector(".canvas");
    figure.hidden = !rows;
    if (!rows) return;
    waiting.push([id, canvas, option]);
    canvas.style.height = rows > 0 ? Math.max(220, 70 + rows * (narrow ? 30 : 27)) + "px" : "";
  }
  /* Only when it is known which charts there are has each its width. */
  var waiting = [];
  function draw() {
    waiting.forEach(function (w) {
      var id = w[0], canvas = w[1];
      if (drawn[id]) { drawn[id].resize(); drawn[id].setOption(w[2], true); } else { drawn[id] = echarts.init(canvas, null, { renderer: "canvas" }); drawn[id].setOption(w[2]); }
      canvas.setAttribute("aria-label", canvas.parentNode.querySelector("h2").textContent);
    });
    waiting = [];
  }
  function growth(rows) {
    rows = rows.slice(0, 24);
    var actual = rows.map(function (r, k) { return { value: [r.actual, k], r: r }; }), target = rows.map(function (r, k) { return { value: [r.target, k], r: r }; });
    var o = base();
    o.xAxis = axis("value", { axisLabel: { formatter: "{value}%", color: c("ink-2"), hideOverlap: true } });
    o.yAxis = axis("category", { data: names(rows, narrow ? 9 : 16), inverse: true });
    o.tooltip.formatter = function (p) { var r = p.data.r || p.data[2]; return r ? kg.label(r.name) + "\n" + kg.say("实际 ", "fact ") + r.actualText + "\n" + kg.say("目标 ", "target ") + (BOUND[r.bound] || "") + r.targetText : ""; };
    o.series = rows.map(function (r, k) { return { type: "line", data: [[r.actual, k], [r.target, k]], symbol: "none", silent: true, lineStyle: { color: c("line-2"), width: 2 }, tooltip: { show: false }, z: 1, name: "\u200b" + k }; }).concat([
      { name: kg.say("实际", "fact"), type: "scatter", data: actual, symbolSize: 12, itemStyle: { color: c("actual") }, z: 3 },
      { name: kg.say("目标", "target"), type: "scatter", data: target, symbolSize: 12, symbol: "circle", itemStyle: { color: c("sheet"), borderColor: c("target"), borderWidth: 2.5 }, z: 4 }
    ]);
    o.legend.data = [kg.say("实际", "fact"), kg.say("目标", "target")];
    put("growth", o, rows.length);
  }
  function level(rows) {
    rows = rows.filter(function (r) { return r.ratio !== null && r.ratio > 0 && r.ratio < 1000; }).sort(function (a, b) { return b.ratio - a.ratio; }).slice(0, 24);
    var o = base();
    o.legend.show = false;
    o.grid.top = 8;
    o.xAxis = axis("value", { axisLabel: { formatter: "{value}%", color: c("ink-2"), hideOverlap: true } });
    o.yAxis = axis("category", { data: names(rows, narrow ? 9 : 16), inverse: true });
    o.tooltip.formatter = function (p) { var r = rows[p.dataIndex]; return kg.label(r.name) + "\n" + kg.say("上年 ", "last year ") + r.actualText + "\n" + kg.say("目标 ", "target ") + (BOUND[r.bound] || "") + r.targetText; };
    o.series = [{ type: "bar", data: rows.map(function (r) { return r.ratio; }), barMaxWidth: 13, itemStyle: { color: c("target"), borderRadius: [0, 3, 3, 0] },
      label: { show: true, position: "right", color: c("ink-2"), formatter: "{c}%" },
      markLine: { silent: true, symbol: "none", lineStyle: { color: c("ink-3"), type: "dashed" }, label: { show: false }, data: [{ xAxis: 100 }] } }];
    put("level", o, rows.length);
  }
  function money(rows) {
    rows = rows.slice(0, 18);
    var o = base(), kinds = [["actual", kg.say("实际", "fact")], ["estimate", kg.say("预计", "estimate")], ["target", kg.say("目标", "target")]];
    o.grid.right = narrow ? 66 : 84;
    o.xAxis = axis("value", { axisLabel: { color: c("ink-2"), hideOverlap: true, formatter: function (v) { return String(v); } } });
    o.yAxis = axis("category", { data: names(rows, narrow ? 9 : 18), inverse: true });
    o.tooltip.formatter = function (p) { var r = rows[p.dataIndex]; return r.name + "\n" + r.text + (r.year ? "（" + r.year + "）" : "") + (r.about ? "\n" + r.about : ""); };
    o.series = kinds.map(function (k) {
      return { name: k[1], type: "bar", stack: "all", barMaxWidth: 13, itemStyle: { color: c(k[0]), borderRadius: [0, 3, 3, 0] },
        label: { show: true, position: "right", color: c("ink-2"), formatter: function (p) { return rows[p.dataIndex].text; } },
        data: rows.map(function (r) { return r.status === k[0] ? r.yuan / 1e8 : "-"; }) };
    });
    put("money", o, rows.length);
  }
  function capacity(rows) {
    var counties = [], sums = {}, kinds = {};
    rows.forEach(function (r) {
      var county = r.county[0], kind = (r.planned ? "target" : "actual");
      if (counties.indexOf(county) < 0) counties.push(county);
      kinds[kind] = true;
      (sums[county] = sums[county] || {})[kind] = ((sums[county] || {})[kind] || []).concat(r);
    });
    var o = base(), label = { actual: kg.say("已有或在建", "existing or being built"), target: kg.say("计划、目标", "planned") };
    var list = rows.slice().sort(function (a, b) { return b.kilowatts - a.kilowatts; }).slice(0, 20);
    o.grid.right = 84;
    o.xAxis = axis("value");
    o.yAxis = axis("category", { data: list.map(function (r) { return cut(kg.label(r.county) + " " + r.name.split(" · ").pop(), narrow ? 10 : 20); }), inverse: true });
    o.tooltip.formatter = function (p) { var r = list[p.dataIndex]; return kg.label(r.county) + "\n" + r.name + "\n" + r.text; };
    o.series = ["actual", "target"].filter(function (k) { return kinds[k]; }).map(function (k) {
      return { name: label[k], type: "bar", stack: "all", barMaxWidth: 13, itemStyle: { color: c(k), borderRadius: [0, 3, 3, 0] }, label: { show: true, position: "right", color: c("ink-2"), formatter: function (p) { return list[p.dataIndex].text; } },
        data: list.map(function (r) { return (r.planned ? "target" : "actual") === k ? Math.round(r.kilowatts / 100) / 100 : "-"; }) };
    });
    put("capacity", o, list.length);
  }
  function years() {
    var rows = data.series, select = document.getElementById("series");
    if (!rows.length) { put("series", null, 0); return; }
    kg.empty(select);
    rows.forEach(function (r, k) { select.appendChild(kg.h("option", { value: k }, kg.label(r.place) + " · " + kg.label(r.name) + " · " + kg.label(r.measure))); });
    select.value = String(series);
    var r = rows[series], all = r.points.map(function (p) { return p[0]; }).filter(function (y, k, list) { return list.indexOf(y) === k; }).sort();
    var o = base(), unit = r.points[0][5];
    o.grid.left = 16;
    o.xAxis = axis("category", { data: all });
    o.yAxis = axis("value", { scale: true, name: unit, nameTextStyle: { color: c("ink-2") } });
    o.tooltip.formatter = function (p) { return p.data.p[0] + " " + (p.data.p[2] ? kg.say("目标 ", "target ") : "") + p.data.p[3]; };
    function of(target) { return r.points.filter(function (p) { return p[2] === target; }).map(function (p) { return { value: [p[0], p[1]], p: p }; }); }
    o.series = [
      { name: kg.say("实际", "fact"), type: "line", data: of(0), symbol: "circle", symbolSize: 9, lineStyle: { color: c("actual"), width: 2.5 }, itemStyle: { color: c("actual") }, label: { show: true, color: c("ink-2"), formatter: function (p) { return p.data.p[3]; } } },
      { name: kg.say("目标", "target"), type: "scatter", data: of(1), symbol: "diamond", symbolSize: 14, itemStyle: { color: c("sheet"), borderColor: c("target"), borderWidth: 2.5 }, label: { show: true, position: "bottom", color: c("target"), formatter: function (p) { return p.data.p[3]; } } }
    ];
    put("series", o, -1);
  }
  function all() {
    var r = data.reports[report];
    if (r) { growth(r.growth); level(r.level); money(r.money); capacity(r.capacity); }
    years();
    draw();
    document.getElementById("no-charts").hidden = document.querySelector(".chart:not([hidden])") !== null;
  }
  var which = document.getElementById("which");
  if (which) {
    data.reports.forEach(function (r, k) { which.appendChild(kg.h("option", { value: k }, kg.label(r.title))); });
    which.addEventListener("change", function () { report = +which.value; all(); });
  }
  document.getElementById("series").addEventListener("change", function () { series = +this.value; years(); draw(); });
  kg.on("theme", all);
  kg.on("language", all);
  var timer = 0;
  addEventListener("resize", function () { clearTimeout(timer); timer = setTimeout(function () { narrow = innerWidth < 640; all(); }, 150); });
  all();
  document.documentElement.setAttribute("data-ready", "charts");
})();

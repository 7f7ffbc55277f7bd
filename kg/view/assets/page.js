/* What every page shares: language, light and dark, the menu, and building elements from text alone.
   Nothing here parses HTML: text that comes from a report is only ever set as text. */
"use strict";
var kg = (function () {
  var root = document.documentElement;
  var listeners = { language: [], theme: [] };

  function stored(key) { try { return localStorage.getItem("baogao-" + key); } catch (e) { return null; } }
  function store(key, value) { try { localStorage.setItem("baogao-" + key, value); } catch (e) { /* private window or file: nothing is kept */ } }

  function language() { return root.getAttribute("data-ui") === "en" ? "en" : "zh"; }
  function say(zh, en) { return language() === "en" && en ? en : zh; }
  /* a [zh, en] pair, a plain string, or nothing */
  function label(pair) { return pair == null ? "" : typeof pair === "string" ? pair : say(pair[0], pair[1]); }

  var ATTRIBUTES = [["data-en", null], ["data-en-label", "aria-label"], ["data-en-title", "title"], ["data-en-placeholder", "placeholder"]];
  function setLanguage(to, scope) {
    root.setAttribute("data-ui", to);
    root.lang = to === "en" ? "en" : "zh-Hans";
    ATTRIBUTES.forEach(function (pair) {
      (scope || document).querySelectorAll("[" + pair[0] + "]").forEach(function (element) {
        var key = pair[0].replace("en", "zh");
        var now = pair[1] ? element.getAttribute(pair[1]) : element.textContent;
        if (!element.hasAttribute(key)) element.setAttribute(key, now || "");
        var text = element.getAttribute(to === "en" ? pair[0] : key);
        if (pair[1]) { element.setAttribute(pair[1], text); return; }
        element.textContent = text;
        if (!element.hasAttribute("data-zh-lang")) element.setAttribute("data-zh-lang", element.getAttribute("lang") || "zh-Hans");
        element.lang = to === "en" ? "en" : element.getAttribute("data-zh-lang");
      });
    });
    if (!scope) { store("language", to); listeners.language.forEach(function (f) { f(to); }); }
  }

  function dark() {
    var chosen = root.getAttribute("data-theme");
    return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }
  function setTheme(to) {
    root.setAttribute("data-theme", to);
    store("theme", to);
    listeners.theme.forEach(function (f) { f(to); });
  }
  function colour(name) { return getComputedStyle(root).getPropertyValue("--" + name).trim(); }

  /* Links made here lead to pages of this site, to places in this page, or to a file just made: never to another scheme. */
  var HARMLESS = /^(?:[\w.%/-]*(?:#[^:]*)?|blob:[^"<>]*)$/;
  /* h("p", {class: "x", onclick: f}, "text", element, [more]) */
  function h(tag, properties) {
    var element = tag.indexOf("svg:") === 0 ? document.createElementNS("http://www.w3.org/2000/svg", tag.slice(4)) : document.createElement(tag);
    for (var key in properties || {}) {
      var value = properties[key];
      if (value == null || value === false) continue;
      if (key.indexOf("on") === 0) element.addEventListener(key.slice(2), value);
      else if (key === "href") { if (HARMLESS.test(value)) element.setAttribute("href", value); }
      else element.setAttribute(key, value === true ? "" : String(value));
    }
    for (var i = 2; i < arguments.length; i++) append(element, arguments[i]);
    return element;
  }
  function append(element, child) {
    if (child == null || child === false || child === "") return;
    if (Array.isArray(child)) child.forEach(function (c) { append(element, c); });
    else element.appendChild(child.nodeType ? child : document.createTextNode(String(child)));
  }
  function empty(element) { while (element.firstChild) element.removeChild(element.firstChild); return element; }
  /* a name out of a report: its own direction never reaches the text around it */
  function name(text, language) { return h("bdi", { lang: language || "zh-Hans" }, text); }

  var SHAPES = {
    place: "M8 2.2a5.8 5.8 0 1 0 .01 0z", zone: "M8 2.6a5.4 5.4 0 1 0 .01 0z", project: "M8 2 14.6 13.4H1.4z", facility: "M8 1.4 14.4 8 8 14.6 1.6 8z",
    enterprise: "M2.8 2.8h10.4v10.4H2.8z", organization: "M3.2 3.2h9.6v9.6H3.2z", programme: "M8 1.2 10 6l5.1.4-3.9 3.3 1.2 5L8 12l-4.4 2.7 1.2-5L.9 6.4 6 6z",
    policy: "M8 14 1.4 2.6h13.2z", honour: "M8 1.6 9.8 6l4.8.4L11 9.5l1.1 4.7L8 11.7l-4.1 2.5L5 9.5 1.4 6.4 6.2 6z", event: "M4.6 2.4h6.8L14.8 8l-3.4 5.6H4.6L1.2 8z",
    brand: "M4.4 2h7.2L15 8l-3.4 6H4.4L1 8z", indicator: "M8 1.8 14 8l-6 6.2L2 8z"
  };
  function icon(type) {
    return h("svg:svg", { class: "icon i-" + type, viewBox: "0 0 16 16", "aria-hidden": "true" }, h("svg:path", { d: SHAPES[type] || SHAPES.place }));
  }

  function save(blob, filename) {
    var url = URL.createObjectURL(blob);
    var a = h("a", { href: url, download: filename });
    document.body.appendChild(a);
    a.click();
    a.remove();
    setTimeout(function () { URL.revokeObjectURL(url); }, 4000);
  }
  function data(id) { var element = document.getElementById(id); return element ? JSON.parse(element.textContent) : null; }

  var theme = stored("theme");
  if (theme === "dark" || theme === "light") root.setAttribute("data-theme", theme);
  function start() {
    var asked = /[#&]lang=(zh|en)\b/.exec(location.hash);
    var wanted = asked ? asked[1] : stored("language");
    if (wanted === "en" || (!wanted && !/^zh/i.test(navigator.language || "zh"))) setLanguage("en");
    document.querySelectorAll("[data-switch]").forEach(function (button) {
      button.addEventListener("click", function () {
        var what = button.getAttribute("data-switch");
        if (what === "language") setLanguage(language() === "en" ? "zh" : "en");
        if (what === "theme") setTheme(dark() ? "light" : "dark");
        if (what === "menu") {
          var open = document.querySelector(".head nav").classList.toggle("open");
          button.setAttribute("aria-expanded", String(open));
        }
        if (what === "print") window.print();
      });
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", function () { listeners.theme.forEach(function (f) { f(); }); });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start); else start();

  return {
    say: say, label: label, language: language, setLanguage: setLanguage, dark: dark, colour: colour, h: h, append: append, empty: empty, name: name,
    icon: icon, shapes: SHAPES, save: save, data: data, on: function (what, f) { listeners[what].push(f); }
  };
})();

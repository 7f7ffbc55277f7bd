/* The report's page: editions, marks, and the facts of a sentence beside it. Without this script the facts stand below. */
"use strict";
(function () {
  var text = document.getElementById("text"), panel = document.getElementById("facts"), inner = document.getElementById("facts-inner");
  var controls = document.getElementById("controls"), h = kg.h;
  document.documentElement.classList.add("js");

  function view(which) {
    text.setAttribute("data-view", which);
    controls.querySelectorAll("[data-view]").forEach(function (b) { b.setAttribute("aria-pressed", String(b.getAttribute("data-view") === which)); });
  }
  controls.querySelectorAll("[data-view]").forEach(function (b) { b.addEventListener("click", function () { view(b.getAttribute("data-view")); }); });
  controls.querySelectorAll("[data-toggle]").forEach(function (box) {
    box.addEventListener("change", function () { text.classList.toggle("no-" + box.getAttribute("data-toggle"), !box.checked); });
  });

  var now = null;
  /* A sentence of another edition has its facts under the first edition's: they stand in the same row at the same place. */
  function counterpart(sentence) {
    if (document.querySelector('[data-sentence="' + sentence.id + '"]')) return sentence;
    var row = sentence.closest(".row"), mine = sentence.closest(".c");
    if (!row || !mine) return sentence;
    var at = Array.prototype.indexOf.call(mine.querySelectorAll(".s"), sentence), base = row.querySelector(".c0");
    return base && base.querySelectorAll(".s")[at] || sentence;
  }
  function show(sentence, move) {
    var of = counterpart(sentence), facts = document.querySelector('#all-facts [data-sentence="' + of.id + '"]');
    if (now) now.classList.remove("now");
    now = sentence;
    now.classList.add("now");
    kg.empty(inner);
    inner.appendChild(h("button", { type: "button", class: "close", "aria-label": kg.say("关闭", "Close"), onclick: close }, "×"));
    var words = sentence.cloneNode(true);
    words.querySelectorAll(".fn").forEach(function (x) { x.remove(); });
    inner.appendChild(h("p", { class: "lead-sentence", tabindex: "0", lang: sentence.closest("[lang]").lang }, words.textContent));
    if (facts) {
      var copy = facts.cloneNode(true);
      copy.removeAttribute("id");
      var back = copy.querySelector(".src");
      if (back) back.remove();
      inner.appendChild(copy);
    } else inner.appendChild(h("p", { class: "note" }, kg.say("从这句话没有读出事实。", "Nothing was read from this sentence.")));
    panel.classList.add("open");
    panel.scrollTop = 0;
    if (move) sentence.scrollIntoView({ block: "center" });
  }
  function close() { panel.classList.remove("open"); if (now) now.classList.remove("now"); now = null; }

  text.addEventListener("click", function (e) {
    var link = e.target.closest("a");
    if (link && !link.classList.contains("fn")) return;
    var sentence = e.target.closest(".s");
    if (!sentence) return;
    if (link) e.preventDefault();
    show(sentence, false);
    try { history.replaceState(null, "", "#" + sentence.id); } catch (x) { /* from a folder some browsers keep the address as it is */ }
  });
  document.addEventListener("keydown", function (e) { if (e.key === "Escape") close(); });

  function arrive() {
    var id = location.hash.slice(1), target = id && document.getElementById(id);
    if (!target) return;
    if (target.classList.contains("s")) {
      var cell = target.closest(".c"), edition = cell ? cell.className.replace(/\D/g, "") : "0";
      if (edition !== "0" && text.getAttribute("data-view") === "0") view(edition);
      show(target, true);
    } else if (/^f-/.test(id)) {
      var sentence = document.getElementById(target.getAttribute("data-sentence"));
      if (sentence) show(sentence, true);
    }
  }
  window.addEventListener("hashchange", arrive);
  arrive();

  // Where one is in the text, in the table of contents.
  var links = {}, current = null;
  document.querySelectorAll(".toc a").forEach(function (a) { links[a.getAttribute("href").slice(1)] = a; });
  if ("IntersectionObserver" in window) {
    var seen = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.isIntersecting || !links[entry.target.id]) return;
        if (current) current.classList.remove("now");
        current = links[entry.target.id];
        current.classList.add("now");
      });
    }, { rootMargin: "-10% 0px -75% 0px" });
    Object.keys(links).forEach(function (id) { var at = document.getElementById(id); if (at) seen.observe(at); });
  }
  document.documentElement.setAttribute("data-ready", "report");
})();

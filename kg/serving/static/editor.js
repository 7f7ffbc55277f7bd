// The SPARQL editor: YASGUI with this service's own prefixes, classes, properties and stored queries. Things of this
// dataset in a result open a panel with the quotations behind them. Nothing is asked of any other host.
"use strict";

(async () => {
  const host = document.getElementById("yasgui");
  const setup = await (await fetch(host.dataset.setup, { headers: { Accept: "application/json" } })).json();
  const { Yasqe, Yasr } = Yasgui;

  // Completion from the dataset's own partitions, the most used first, instead of from registries on the web.
  const local = (from, name, values) =>
    Yasqe.forkAutocompleter(from, { name, bulk: true, persistenceId: null, get: () => values }, false);
  local("prefixes", "prefixes-here", Object.entries(setup.prefixes).map(([name, iri]) => `${name}: <${iri}>`).sort());
  local("class", "class-here", setup.classes);
  local("property", "property-here", setup.properties);
  Yasqe.defaults.autocompleters = ["variables", "prefixes-here", "class-here", "property-here"];

  // The service needs no declarations, but the editor marks what is not declared.
  const declared = (query) => Object.entries(setup.prefixes)
    .filter(([name]) => new RegExp(`\\b${name}:\\w`).test(query)).sort()
    .map(([name, iri]) => `PREFIX ${name}: <${iri}>\n`).join("") + query;

  // Links of results: our own things lead to their pages on this service.
  const ours = (iri) => setup.ours.some((start) => iri.startsWith(start));
  const table = Yasr.plugins.table.prototype;
  const linkOf = table.getUriLinkFromBinding;
  if (linkOf) {
    table.getUriLinkFromBinding = function (binding, prefixes) {
      const html = linkOf.call(this, binding, prefixes);
      if (!ours(binding.value)) return html;
      const holder = document.createElement("template");
      holder.innerHTML = html;
      const link = holder.content.querySelector("a");
      if (!link) return html;
      link.className = "iri ours";
      link.dataset.iri = binding.value;
      link.href = `/page?iri=${encodeURIComponent(binding.value)}`;
      return holder.innerHTML;
    };
  }

  const yasgui = new Yasgui(host, {
    requestConfig: { endpoint: setup.endpoint, method: "POST" },
    copyEndpointOnNewTab: false,
    endpointCatalogueOptions: { getData: () => [{ endpoint: setup.endpoint }] },
    persistenceId: `baogao ${setup.endpoint}`,
    yasqe: { value: declared(`SELECT ?project ?name ?status WHERE {
  ?project a bg:Project ; skos:prefLabel ?name ; bg:hasStatus ?status .
  FILTER(LANGMATCHES(LANG(?name), "zh-Hans"))
} LIMIT 50`) },
    yasr: { prefixes: setup.prefixes },
  });

  globalThis.yasgui = yasgui; // for the browser's console

  // Stored queries as examples.
  const list = document.getElementById("examples");
  const heading = document.createElement("h2");
  heading.textContent = setup.words.examples;
  list.append(heading);
  const open = (example) => {
    const known = Object.values(yasgui._tabs).find((tab) => tab && tab.getName() === example.label);
    if (known) {
      yasgui.selectTabId(known.getId());
      known.setQuery(example.query);
    } else {
      const tab = Yasgui.Tab.getDefaults(yasgui);
      yasgui.addTab(true, { ...tab, name: example.label, yasqe: { ...tab.yasqe, value: example.query } });
    }
    for (const button of list.querySelectorAll("button")) {
      button.toggleAttribute("aria-current", false);
      if (button.dataset.name === example.name) button.setAttribute("aria-current", "true");
    }
  };
  for (const example of setup.examples) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.name = example.name;
    button.textContent = example.label;
    const what = document.createElement("small");
    what.textContent = example.description;
    button.append(what);
    button.addEventListener("click", () => open(example));
    list.append(button);
  }
  const wanted = setup.examples.find((example) => `#${example.name}` === location.hash);
  if (wanted) open(wanted);

  // The panel: what a thing is, and the sentences that say so.
  const panel = document.getElementById("panel");
  const make = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };
  const cited = (quote) => {
    const block = make("blockquote", "", { lang: quote.language });
    const at = quote.sentence.indexOf(quote.exact);
    if (at < 0) block.append(quote.sentence);
    else block.append(quote.sentence.slice(0, at), make("mark", quote.exact), quote.sentence.slice(at + quote.exact.length));
    block.append(make("footer", `${quote.document} ${quote.start}–${quote.end}`));
    return block;
  };
  const show = async (iri) => {
    const answer = await fetch(`${host.dataset.cite}?iri=${encodeURIComponent(iri)}`);
    panel.replaceChildren();
    const close = make("button", setup.words.close, { type: "button", class: "close" });
    close.addEventListener("click", () => panel.close());
    panel.append(close);
    if (!answer.ok) {
      panel.append(make("p", await answer.text()));
    } else {
      const thing = await answer.json();
      panel.append(make("p", thing.types.join(" · "), { class: "types" }), make("h2", thing.title));
      panel.append(make("a", setup.words.page, { href: thing.page, target: "_blank", rel: "noopener" }));
      for (const statement of thing.statements.slice(0, 8)) {
        const line = make("p", "", { class: "claim" });
        line.append(make("span", statement.kind, { class: "kind" }), ` ${statement.text} `);
        if (statement.period) line.append(make("span", statement.period, { class: "period" }));
        if (statement.target) line.append(" ", make("span", setup.words.target, { class: "target" }));
        panel.append(line);
        if (statement.quotes.length) panel.append(cited(statement.quotes[0]));
      }
    }
    if (!panel.open) panel.showModal();
  };
  host.addEventListener("click", (event) => {
    const link = event.target.closest("a.ours");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link.dataset.iri);
  });
  panel.addEventListener("click", (event) => { if (event.target === panel) panel.close(); });
  document.documentElement.dataset.ready = "true";
})();

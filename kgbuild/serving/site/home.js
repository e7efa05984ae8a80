// The query editor, and the way of a question into it. Nothing is fetched but from this server.
"use strict";

(() => {
  const place = document.getElementById("yasgui");
  const prefixes = JSON.parse(place.dataset.prefixes);
  const { Yasqe } = Yasgui;
  Yasqe.forkAutocompleter("prefixes", {
    name: "known-prefixes",
    persistenceId: null,
    get: async () => Object.entries(prefixes).map(([prefix, iri]) => `${prefix}: <${iri}>`),
  }, false);
  Yasqe.defaults.autocompleters = ["known-prefixes", "variables"];
  const first = `PREFIX kg: <${prefixes.kg}>
PREFIX rdfs: <${prefixes.rdfs}>
SELECT ?class ?label (COUNT(?thing) AS ?things) WHERE {
  ?thing a ?class .
  ?class rdfs:label ?label .
  FILTER(LANG(?label) = "en")
}
GROUP BY ?class ?label
ORDER BY DESC(?things)`;
  Yasqe.defaults.value = first;
  const endpoint = `${location.origin}/sparql`;
  const gui = new Yasgui(place, {
    requestConfig: { endpoint },
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: null,
    populateFromUrl: true,
    autofocus: false, // or the page would open at the editor, below the questions
  });

  for (const button of document.querySelectorAll("button.edit")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const form = button.closest("form");
      if (!form.reportValidity()) return;
      const given = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
      const response = await fetch(`/api/${form.dataset.name}.rq?${given}`);
      const text = await response.text();
      const tab = gui.addTab(true, { name: form.dataset.name });
      tab.setQuery(response.ok ? text : `# ${text.trim().replaceAll("\n", "\n# ")}\n`);
      document.getElementById("editor").scrollIntoView();
      if (response.ok) tab.query();
    });
  }
})();

"use strict";
// The language switch and the search box. Without scripts the pages show both languages and all terms.
document.addEventListener("DOMContentLoaded", () => {
  const root = document.documentElement;
  const asked = new URLSearchParams(location.search);

  const buttons = [...document.querySelectorAll(".languages button")];
  const remember = (language) => {
    try { localStorage.setItem("kgbuild-lang", language); } catch { /* a browser may forbid it: then the choice lasts for the page */ }
  };
  const remembered = () => {
    try { return localStorage.getItem("kgbuild-lang"); } catch { return null; }
  };
  const speak = (language) => {
    root.dataset.lang = language;
    root.lang = language === "ro" ? "ro" : "en";
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.set === language));
  };
  if (buttons.length) {
    buttons[0].parentElement.hidden = false;
    for (const button of buttons) button.addEventListener("click", () => { speak(button.dataset.set); remember(button.dataset.set); });
    const wanted = asked.get("lang") || remembered();
    speak(buttons.some((button) => button.dataset.set === wanted) ? wanted : "both");
  }

  const box = document.getElementById("page-search");
  if (!box) return;
  if (matchMedia("(max-width: 56rem)").matches) document.getElementById("page-contents").open = false;
  // without marks, in small letters, each word behind one blank: "stance" shall not find "distance"
  const fold = (text) => " " + text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().split(/[^\p{L}\p{N}+]+/u).filter(Boolean).join(" ");
  const apart = (name) => name + " " + name.replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2");
  const count = document.getElementById("page-count");
  const nothing = document.getElementById("page-nothing");
  const terms = [...document.querySelectorAll("article.term, article.use")].map((element) => {
    const words = element.querySelectorAll("h3 .label, h3 code, .id code, .definition, dd code, .row [lang]:not(.ui), .use p");
    return { element, text: fold([...words].map((one) => one.textContent).join(" ") + " " + apart(element.id)) };
  });
  const sections = [...document.querySelectorAll("section.terms, section.uses")];
  const about = document.getElementById("page-about");
  const search = () => {
    const wanted = fold(box.value).split(" ").filter(Boolean);
    let shown = 0;
    for (const { element, text } of terms) {
      const hit = wanted.every((word) => text.includes(" " + word));
      element.hidden = !hit;
      if (hit && element.classList.contains("term")) shown += 1;
    }
    for (const section of sections) section.hidden = !section.querySelector("article:not([hidden])");
    about.hidden = wanted.length > 0;
    nothing.hidden = sections.some((section) => !section.hidden);
    count.textContent = wanted.length ? String(shown) + (root.lang === "ro" ? " termeni găsiți" : " terms found") : "";
  };
  // a link must lead to its term, also where the search has hidden it
  addEventListener("hashchange", () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target && target.closest("[hidden]")) { box.value = ""; search(); target.scrollIntoView(); }
  });
  box.disabled = false;
  box.value = asked.get("q") || "";
  box.addEventListener("input", search);
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== box) { event.preventDefault(); box.focus(); }
    if (event.key === "Escape" && document.activeElement === box) { box.value = ""; search(); }
  });
  search();
});

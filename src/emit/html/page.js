// Filters the rows of the list; without it every row is shown. What is chosen stands in the address after "#".
// On a narrow screen it closes the table of contents, which would push the list far down.
"use strict";
(() => {
  const form = document.getElementById("filter");
  const count = document.getElementById("count");
  const condition = document.getElementById("condition");
  const all = count.textContent;
  const controls = [...form.querySelectorAll("input, select")];

  // Width, case and kind of kana do not matter to a search, nor do spaces and line breaks.
  const fold = (text) =>
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/\s+/g, "")
      .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));

  const contents = document.querySelector("details");
  if (contents) contents.open = matchMedia("(min-width: 60em)").matches;

  // Some browsers take a table whose rows are shown as cards for no table, unless its parts say what they are.
  const roles = {
    "#list": "table",
    "#list :is(thead, tbody)": "rowgroup",
    "#list tr": "row",
    "#list td": "cell",
    "#list thead th": "columnheader",
    "#list tbody th": "rowheader",
  };
  for (const [selector, role] of Object.entries(roles)) {
    document.querySelectorAll(selector).forEach((element) => element.setAttribute("role", role));
  }

  // Years are one in every spelling (令和9年度, R9, 2027), and numbers with and without commas.
  const eras = new Map();
  for (const era of form.dataset.eras.split(",").filter(Boolean)) {
    const [before, ...names] = era.split(" ");
    names.forEach((name) => eras.set(fold(name), Number(before)));
  }
  const era = new RegExp("(?<![a-z0-9])(" + [...eras.keys()].join("|") + ")(元|[0-9]{1,2})(?![0-9])", "g");
  const plain = (text) => {
    const numbers = text.replace(/(?<=[0-9]),(?=[0-9]{3})/g, "");
    if (eras.size === 0) return numbers;
    return numbers.replace(era, (_, name, year) => String(eras.get(name) + (year === "元" ? 1 : Number(year))));
  };

  // Every row with the headings above it.
  const headings = [];
  const rows = [];
  const feet = [];
  const open = [];
  for (const element of document.querySelectorAll("#list tbody tr")) {
    if (element.dataset.depth) {
      open.length = Number(element.dataset.depth);
      open.push(element);
      headings.push(element);
    } else if (element.classList.contains("foot")) {
      feet.push(element);
    } else {
      rows.push({ element, above: [...open], keys: element.dataset.in.split(" "), text: null });
    }
  }
  const textOf = (row) => {
    if (row.text === null) {
      const texts = [...row.above, ...row.element.children].map((cell) => fold(cell.textContent));
      row.text = [texts.join(""), plain(texts.join("|"))];
    }
    return row.text;
  };
  const says = (row, word) => textOf(row)[0].includes(word) || textOf(row)[1].includes(plain(word));

  const show = (element, isShown) => {
    if (element.hidden === isShown) element.hidden = !isShown;
  };

  const apply = () => {
    const words = form.elements.q.value.split(/\s+/).map(fold).filter(Boolean);
    const keys = controls.filter((control) => control.name !== "q" && control.value).map((control) => control.value);
    const shown = new Set();
    let number = 0;
    for (const row of rows) {
      const fits =
        keys.every((key) => row.keys.includes(key)) && words.every((word) => says(row, word));
      show(row.element, fits);
      if (fits) {
        number += 1;
        row.above.forEach((heading) => shown.add(heading));
      }
    }
    headings.forEach((heading) => show(heading, shown.has(heading)));
    const isFiltered = words.length > 0 || keys.length > 0;
    // Sums are those of all rows.
    feet.forEach((foot) => show(foot, !isFiltered));
    form.classList.toggle("filtered", isFiltered);
    // On paper, what the rows were chosen by.
    const said = controls.filter((control) => control.value).map((control) => {
      const chosen = control.selectedOptions ? control.selectedOptions[0].textContent.trim() : control.value.trim();
      return control.labels[0].textContent.trim() + ": " + chosen;
    });
    condition.textContent = said.join(" / ");
    const pattern = number > 0 ? count.dataset.some : count.dataset.none;
    const message = isFiltered ? pattern.replace("{n}", String(number)) : all;
    // The same words again would be read out again.
    if (count.textContent !== message) count.textContent = message;
  };

  const save = () => {
    const state = new URLSearchParams();
    for (const control of controls) if (control.value) state.set(control.name, control.value);
    const hash = state.toString();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  };

  // The address names a filtered view, or a place: then whatever hides the place is undone.
  const load = () => {
    const hash = location.hash.slice(1);
    if (hash.includes("=")) {
      const state = new URLSearchParams(hash);
      for (const control of controls) {
        control.value = state.get(control.name) ?? "";
        // A choice that the list does not have any more.
        if (control.selectedIndex === -1) control.value = "";
      }
      apply();
      return;
    }
    const place = hash && document.getElementById(hash);
    if (place && place.closest("[hidden]")) {
      controls.forEach((control) => (control.value = ""));
      apply();
      place.scrollIntoView();
    }
  };

  let timer = 0;
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      apply();
      save();
    }, wait);
  };
  form.addEventListener("input", (event) => later(event.target.name === "q" ? 150 : 0));
  form.addEventListener("reset", () => later(0));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    later(0);
  });
  addEventListener("hashchange", load);
  form.hidden = false;
  // Browsers fill in what stood in a form before the page was loaded again.
  form.reset();
  load();
})();

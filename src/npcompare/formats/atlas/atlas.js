// Filters, pairs side by side and downloads. The page is complete without this script.
"use strict";

(() => {
  const data = JSON.parse(document.getElementById("_data").textContent);
  const say = (name, values) => data.words[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const [comma, semicolon] = data.separators;
  const form = document.getElementById("_filters");
  const status = form.querySelector("[data-status]");
  const list = document.querySelector("#_list table");
  const rows = [...list.querySelectorAll("[data-list] > tr")];
  const entries = data.entries.map(([kinds, key], place) => {
    const row = rows[place];
    const link = row.querySelector("a");
    const href = link.getAttribute("href");
    const part = href[0] === "#" ? document.getElementById(href.slice(1)).closest("article") : null;
    const short = document.querySelector(`#_counts a[href="${href}"]`) ?? link;
    return {
      key: key ?? href.replace(/^#|^p-|\.html$/g, ""),
      href,
      row,
      part,
      name: link.textContent,
      short: short.textContent,
      isCounted: row.parentElement === list.tBodies[0],
      kinds: kinds.split(" ").map((facet) => [...facet].map((digit) => data.digits.indexOf(digit))),
      classes: data.classes[place],
    };
  });
  const byHref = new Map(entries.map((entry, number) => [entry.href, { entry, number }]));
  const byKey = new Map(entries.map((entry, number) => [entry.key, { entry, number }]));

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    if (text) element.textContent = text;
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    return element;
  };
  const fold = (text) =>
    text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/\s+/g, " ");
  const entryOf = (item) => byHref.get(item.querySelector("a")?.getAttribute("href"))?.entry;

  const items = [...document.querySelectorAll("[data-list] > *")].map((item) => [item, entryOf(item)]);
  const words = new Map(
    entries.map((entry) => [
      entry,
      fold([entry.key, entry.row.textContent, entry.part?.textContent, entry.classes].join(" ")),
    ]),
  );

  // --- The state is in the address: #?scope=any_offence&q=debt&compare=kenya,jamaica&at=list -------

  let state = {};

  const parse = () => {
    const hash = location.hash.slice(1);
    if (!hash) return {};
    if (hash[0] !== "?") return { ...state, at: decodeURIComponent(hash) };
    return Object.fromEntries(new URLSearchParams(hash.slice(1)));
  };

  const address = () => {
    const { at, ...rest } = Object.fromEntries(Object.entries(state).filter(([, value]) => value));
    const query = new URLSearchParams(rest).toString().replaceAll("%2C", ",");
    if (!query) return at ? `#${encodeURIComponent(at)}` : location.pathname + location.search;
    return `#?${query}${at ? `&at=${encodeURIComponent(at)}` : ""}`;
  };

  const change = (changes, isNew = true) => {
    state = { ...state, ...changes, at: "" };
    history[isNew ? "pushState" : "replaceState"](null, "", address());
    show();
  };

  const matches = (entry) => {
    if (!entry.isCounted && !state.all) return false;
    if (state.q && !fold(state.q).trim().split(" ").every((word) => words.get(entry).includes(word))) {
      return false;
    }
    return data.facets.every(
      ([key, , kinds], place) => !state[key] || entry.kinds[place].includes(kinds.indexOf(state[key])),
    );
  };

  const show = () => {
    for (const field of form.elements) {
      if (field.type === "checkbox") field.checked = Boolean(state[field.name]);
      else if (field.name && field.value !== (state[field.name] ?? "")) field.value = state[field.name] ?? "";
    }
    const shown = new Set(entries.filter(matches));
    for (const [item, entry] of items) item.hidden = !shown.has(entry);
    for (const body of list.tBodies) body.hidden = !body.querySelector("[data-list] > tr:not([hidden])");
    for (const entry of entries) {
      if (entry.part) entry.part.hidden = !shown.has(entry);
    }
    for (const details of document.querySelectorAll("#_counts details")) {
      const counted = details.querySelectorAll("[data-list] > :not([hidden])").length;
      details.querySelector("[data-count]").textContent = counted;
    }
    const total = entries.filter((entry) => entry.isCounted || state.all).length;
    const conditions = [...form.querySelectorAll("label")].flatMap((label) => {
      const field = label.control;
      if (field.type === "checkbox" || !field.value) return [];
      const heading = label.firstChild.textContent.trim();
      return say("headed", { heading, words: field.selectedOptions?.[0].text ?? field.value });
    });
    const values = { shown: shown.size, total, conditions: conditions.join(semicolon) };
    status.textContent = say(conditions.length ? "selected" : "shown", values);
    compare();
  };

  const reveal = (name) => {
    const target = name && document.getElementById(name);
    for (const old of document.querySelectorAll(".target")) old.classList.remove("target");
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    const part = target.closest("article");
    if (part) part.hidden = false;
    target.classList.add("target");
    target.scrollIntoView();
    if (target.tabIndex < 0) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  };

  const read = () => {
    state = parse();
    show();
    // A link to a part keeps the filters.
    if (location.hash && location.hash[1] !== "?") history.replaceState(null, "", address());
    reveal(state.at);
  };

  // --- Side by side --------------------------------------------------------------------------------

  const choice = document.getElementById("_choice");
  const comparison = document.querySelector("[data-comparison]");
  const compared = document.querySelector("[data-compared]");
  const picks = [];

  const chosen = () =>
    (state.compare ?? "").split(",").map((key) => byKey.get(decodeURIComponent(key))).filter(Boolean).slice(0, 3);

  const choose = (keys) => change({ compare: keys.filter(Boolean).map(encodeURIComponent).join(",") });

  // Numbers are written in digits, the lowest first. Entries are in groups; every pair of groups has
  // the number of a combination of phrases, one for each question.
  const numberAt = ([width, digits], place) =>
    [...digits.slice(place * width, (place + 1) * width)].reduceRight(
      (sum, digit) => sum * data.digits.length + data.digits.indexOf(digit),
      0,
    );
  const groups = data.pairings.length ? entries.map((_, place) => numberAt(data.groups, place)) : [];
  const groupCount = Math.max(...groups) + 1;

  const phrase = (question, ...pair) => {
    const [a, b] = pair.sort((one, two) => groups[one.number] - groups[two.number]);
    const [row, column] = [groups[a.number], groups[b.number]];
    const combination = numberAt(data.pairs, row * groupCount - (row * (row - 1)) / 2 + column - row);
    const fragments = data.pairings[question][1][numberAt(data.combinations[question], combination)];
    return fragments
      .map((fragment) => data.fragments[fragment])
      .join("; ")
      .replace(/\{([01])\}/g, (_, side) => (side === "0" ? a : b).entry.short);
  };

  const phrases = (pairing, selected) => {
    const cell = make("td");
    selected.forEach((first, place) => {
      for (const second of selected.slice(place + 1)) {
        const text = phrase(pairing, first, second);
        const values = { first: first.entry.short, second: second.entry.short, words: text };
        cell.append(make("div", selected.length > 2 ? say("pair", values) : text));
      }
    });
    return cell;
  };

  const line = (heading, cells, last) => {
    const row = make("tr");
    row.append(make("th", heading, { scope: "row" }), ...cells, last ?? make("td"));
    return row;
  };

  // The classes of an entry: those of its part, or those of the data.
  const classes = (entry, heading) => {
    const cell = make("td");
    if (!entry.part) {
      cell.textContent = entry.classes.find(([name]) => name === heading)?.[1] ?? say("unknown");
      return cell;
    }
    const terms = [...entry.part.querySelectorAll(".classes dt")];
    const term = terms.find(({ textContent }) => textContent === heading);
    if (!term) cell.textContent = say("unknown");
    else cell.append(...term.nextElementSibling.cloneNode(true).childNodes);
    return cell;
  };

  const notes = (entry) => {
    const cell = make("td");
    for (const part of entry.part.querySelectorAll(":scope > .warning, :scope > .notes")) {
      cell.append(part.cloneNode(true));
    }
    return cell;
  };

  const sources = (entry) => {
    const terms = [...entry.part.querySelectorAll("dt")];
    const cell = make("td");
    const term = terms.find(({ textContent }) => textContent === say("sources"));
    if (term) cell.append(...term.nextElementSibling.cloneNode(true).childNodes);
    return cell;
  };

  const quotation = (entry) => {
    const cell = make("td");
    const text = entry.part.querySelector("blockquote");
    if (text) cell.append(text.cloneNode(true));
    else cell.textContent = say("unavailable");
    return cell;
  };

  const table = (selected) => {
    const result = make("table", "", { class: "rows", "data-name": "side-by-side" });
    const head = make("tr");
    head.append(make("th", say("question"), { scope: "col", "data-key": "question" }));
    for (const { entry } of selected) {
      const cell = make("th", "", { scope: "col", "data-key": entry.key });
      cell.append(...entry.row.cells[0].cloneNode(true).childNodes);
      head.append(cell);
    }
    head.append(make("th", say("compared"), { scope: "col", "data-key": "compared" }));
    result.append(make("caption", say("beside")), make("thead"), make("tbody"));
    result.tHead.append(head);
    const body = result.tBodies[0];
    const chosenEntries = selected.map(({ entry }) => entry);
    const hasParts = chosenEntries.every(({ part }) => part);
    if (hasParts) body.append(line(say("text"), chosenEntries.map(quotation)));
    data.columns.forEach((key, place) => {
      const heading = list.tHead.rows[1].cells[place + 1].textContent;
      body.append(line(heading, chosenEntries.map(({ row }) => make("td", row.cells[place + 1].textContent))));
    });
    data.pairings.forEach(([heading], question) => {
      const isOverall = question === data.pairings.length - 1;
      const cells = chosenEntries.map((entry) => (isOverall ? make("td") : classes(entry, heading)));
      body.append(line(heading, cells, phrases(question, selected)));
    });
    if (hasParts) {
      body.append(line(say("notes"), chosenEntries.map(notes)));
      body.append(line(say("sources"), chosenEntries.map(sources)));
    }
    return result;
  };

  const compare = () => {
    if (!choice) return;
    const selected = chosen();
    picks.forEach((pick, place) => { pick.value = selected[place]?.entry.key ?? ""; });
    comparison.replaceChildren();
    compared.textContent = selected.length === 1 ? say("chooseMore") : "";
    if (selected.length < 2) return;
    const box = make("div", "", { class: "scroll", role: "group", tabindex: "0", "aria-label": say("beside") });
    box.append(table(selected));
    comparison.append(box, downloads("side-by-side", say("besideTable"), () => tableRecords(box.firstChild)));
    compared.textContent = say("besideNames", { names: selected.map(({ entry }) => entry.name).join(comma) });
  };

  if (choice) {
    const fields = make("div", "", { class: "fields" });
    for (const label of ["first", "second", "third"]) {
      const field = make("label", `${say(label)} `);
      const pick = make("select", "", { autocomplete: "off" });
      pick.append(new Option(say("none"), ""), ...entries.map((entry) => new Option(entry.name, entry.key)));
      pick.addEventListener("change", () => choose(picks.map(({ value }) => value)));
      picks.push(pick);
      field.append(pick);
      fields.append(field);
    }
    choice.append(fields);
    choice.hidden = false;
  }

  // --- Downloads -----------------------------------------------------------------------------------

  const content = (cell) => {
    const copy = cell.cloneNode(true);
    const marks = [...copy.querySelectorAll("sup")].map((mark) => mark.textContent).join(" ");
    for (const extra of copy.querySelectorAll("sup")) extra.remove();
    for (const block of copy.querySelectorAll("br, div")) block.before("\n");
    return { text: copy.textContent.trim(), marks };
  };

  const tableRecords = (source) => {
    const heads = [...source.tHead.rows].at(-1).cells;
    return [...source.querySelectorAll("tbody > tr:not([hidden])")].map((row) => {
      const record = {};
      [...row.cells].forEach((cell, place) => {
        const { text, marks } = content(cell);
        record[heads[place].dataset.key] = text;
        if (marks) record[`${heads[place].dataset.key}_marks`] = marks;
      });
      return record;
    });
  };

  const entryRecords = () =>
    entries.filter(matches).map((entry) => {
      const { text: name, marks } = content(entry.row.cells[0]);
      const record = { id: entry.key, name, marks };
      data.columns.forEach((key, place) => { record[key] = entry.row.cells[place + 1].textContent; });
      data.facets.forEach(([key, heading, kinds], place) => {
        if (key in record) return;
        const isClass = data.pairings.some(([name_]) => name_ === heading);
        if (!isClass) record[key] = entry.kinds[place].map((kind) => kinds[kind]).join("; ");
        else {
          const cell = content(classes(entry, heading));
          record[key] = cell.text;
          record[`${key}_marks`] = cell.marks;
        }
      });
      return record;
    });

  const csv = (rows) => {
    const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
    const quoted = (value) => `"${(/^\s*[=+\-@]/.test(value) ? `'${value}` : value).replaceAll('"', '""')}"`;
    return [keys, ...rows.map((row) => keys.map((key) => row[key] ?? ""))]
      .map((values) => values.map(quoted).join(",")).join("\r\n");
  };

  const save = (name, kind, text) => {
    const link = make("a", "", { download: name, href: URL.createObjectURL(new Blob([text], { type: kind })) });
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const downloads = (name, title, records) => {
    const box = make("p", "", { class: "downloads" });
    const add = (label, action) => {
      const button = make("button", label, { type: "button", "aria-label": say("headed", { heading: label, words: title }) });
      button.addEventListener("click", action);
      box.append(button, " ");
    };
    add(say("csv"), () => save(`${name}.csv`, "text/csv", `\ufeff${csv(records())}\r\n`));
    add(say("json"), () => {
      const output = { title: document.title, table: title, provenance: data.provenance, rows: records() };
      save(`${name}.json`, "application/json", JSON.stringify(output, null, 2));
    });
    return box;
  };

  list.closest(".scroll").after(downloads("all", say("allShown"), entryRecords));
  for (const source of document.querySelectorAll("table[data-name]")) {
    const records = () => tableRecords(source);
    source.closest(".scroll").after(downloads(source.dataset.name, source.caption.textContent, records));
  }

  // --- Buttons of each part ------------------------------------------------------------------------

  for (const entry of entries) {
    const citation = entry.part?.querySelector(":scope > dl:last-of-type > dd");
    if (!citation) continue;
    const copy = make("button", say("copy"), { type: "button", "aria-label": say("copyOf", entry) });
    copy.addEventListener("click", async () => {
      const values = { citation: citation.firstChild.textContent.trim(), key: entry.key, provenance: data.provenance };
      const text = say("coded", values);
      getSelection().selectAllChildren(citation);
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        document.execCommand("copy");
      }
      copy.textContent = say("copied");
    });
    citation.append(" ", copy);
    if (!choice) continue;
    const add = make("button", say("add"), { type: "button", "aria-label": say("addOf", entry) });
    add.addEventListener("click", () => {
      const keys = chosen().map((one) => one.entry.key).filter((key) => key !== entry.key);
      choose([...keys.slice(-2), entry.key]);
      document.getElementById("_compare").scrollIntoView();
    });
    citation.append(" ", add);
  }

  // --- Start ---------------------------------------------------------------------------------------

  form.addEventListener("change", ({ target }) => {
    if (target.name !== "q") change({ [target.name]: target.type === "checkbox" ? (target.checked ? "1" : "") : target.value });
  });
  let isTyping = false;
  form.elements.q.addEventListener("input", ({ target }) => {
    change({ q: target.value }, !isTyping);
    isTyping = true;
  });
  form.elements.q.addEventListener("blur", () => { isTyping = false; });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    const { compare: pair } = state;
    state = { compare: pair };
    change({});
  });
  window.addEventListener("hashchange", read);
  let closed = [];
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
  const boxes = [...document.querySelectorAll("#_counts details > div")];
  for (const box of boxes) {
    const [, key, kind] = box.id.split(/^c_(.*)_/);
    const [, , kinds] = data.facets.find(([name]) => name === key);
    const link = make("a", say("showOnly"), { href: `#?${new URLSearchParams({ [key]: kinds[kind] })}` });
    box.append(make("p", "", { class: "show" }));
    box.lastChild.append(link);
  }
  form.hidden = false;
  read();
})();

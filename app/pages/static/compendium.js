// What pages have beside what they can do without it: suggestions while a term is typed, and Ctrl+K.

const PAUSE = 120; // milliseconds without a key before anything is asked

function option(item, id, input) {
  const row = document.createElement("li");
  row.id = id;
  row.role = "option";
  row.setAttribute("aria-selected", "false");
  const text = document.createElement("span");
  text.lang = item.language;
  text.textContent = item.text;
  const code = document.createElement("span");
  code.className = "code";
  code.textContent = item.language.toUpperCase();
  row.append(text, " ", code);
  row.dataset.address = input.dataset.entry + item.entry;
  return row;
}

class Suggestions {
  constructor(input) {
    this.input = input;
    this.active = -1;
    this.asked = 0;
    this.list = document.createElement("ul");
    this.list.id = `${input.id}-list`;
    this.list.role = "listbox";
    this.list.className = "suggestions";
    this.list.hidden = true;
    this.list.setAttribute("aria-label", input.dataset.listLabel);
    this.told = document.createElement("p");
    this.told.className = "unseen";
    this.told.role = "status";
    input.role = "combobox";
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", this.list.id);
    input.setAttribute("aria-expanded", "false");
    input.after(this.list, this.told);
    input.addEventListener("input", () => this.wait());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => this.go(event.target.closest("li")));
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const typed = this.input.value.trim();
    const turn = ++this.asked;
    if (!/[\p{L}\p{N}]/u.test(typed)) {
      this.close();
      return;
    }
    try {
      const answer = await fetch(`${this.input.dataset.suggest}?limit=8&q=${encodeURIComponent(typed)}`);
      // Answers may overtake one another.
      if (answer.ok && turn === this.asked) this.show((await answer.json()).items);
    } catch {
      this.close(); // without suggestions the form still works
    }
  }

  show(items) {
    this.active = -1;
    this.list.replaceChildren(...items.map((item, place) => option(item, `${this.list.id}-${place}`, this.input)));
    this.list.hidden = items.length === 0;
    this.input.setAttribute("aria-expanded", String(items.length > 0));
    this.input.removeAttribute("aria-activedescendant");
    const { some, none } = this.input.dataset;
    this.told.textContent = items.length ? some.replace("{count}", items.length) : none;
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.active = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }

  key(event) {
    const rows = [...this.list.children];
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.active >= 0) {
      event.preventDefault();
      this.go(rows[this.active]);
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !this.list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark((this.active + step + rows.length + (this.active < 0 && step < 0 ? 1 : 0)) % rows.length, rows);
    }
  }

  mark(place, rows) {
    rows[this.active]?.setAttribute("aria-selected", "false");
    this.active = place;
    rows[place].setAttribute("aria-selected", "true");
    rows[place].scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", rows[place].id);
  }

  go(row) {
    if (row) location.assign(row.dataset.address);
  }
}

const inputs = [...document.querySelectorAll("input[data-suggest]")];
inputs.forEach((input) => new Suggestions(input));

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k" && inputs.length) {
    event.preventDefault();
    inputs[0].focus();
    inputs[0].select();
  }
});

// Whoever changes the order of the columns need not press the button as well.
document.querySelector("form.order select")?.addEventListener("change", (event) => {
  event.target.form.requestSubmit();
});

// What is left of a time, in the reader's own time zone and language; the exact instant stands beside it.
class Countdown {
  constructor(time) {
    this.end = new Date(time.dateTime);
    const language = document.documentElement.lang;
    this.relative = new Intl.RelativeTimeFormat(language, { numeric: "always" });
    this.left = document.createElement("strong");
    this.left.className = "left";
    const local = document.createElement("span");
    const here = new Intl.DateTimeFormat(language, {
      weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit",
    }).format(this.end);
    local.textContent = time.dataset.here.replace("{time}", here);
    time.parentElement.prepend(this.left, local);
    this.show();
    setInterval(() => this.show(), 30_000);
  }

  show() {
    const minutes = Math.round((this.end - Date.now()) / 60_000);
    const size = Math.abs(minutes);
    const [count, unit] = size < 120 ? [minutes, "minute"] : size < 2880 ? [minutes / 60, "hour"] : [minutes / 1440, "day"];
    this.left.textContent = this.relative.format(Math.trunc(count), unit);
  }
}

document.querySelectorAll("time[data-countdown]").forEach((time) => new Countdown(time));

// While somebody writes, the form is looked over as the button does, once nothing was typed for a while.
class Findings {
  constructor(form) {
    this.form = form;
    this.asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), 900);
    });
  }

  async look() {
    const asked = (this.asked += 1);
    const body = new URLSearchParams(new FormData(this.form));
    body.set("look", "1");
    try {
      const answer = await fetch(this.form.action, { method: "POST", body, redirect: "error" });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("remarks");
      if (answer.ok && found && asked === this.asked) {
        document.getElementById("remarks").replaceChildren(...found.childNodes);
      }
    } catch {
      // Without an answer the button still looks the text over.
    }
  }
}

document.querySelectorAll("form.writing").forEach((form) => {
  if (form.querySelector("[name='look']")) new Findings(form);
});

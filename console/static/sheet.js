// A score sheet saves itself: after a pause, on leaving a field, and again until it has arrived. Without it the form saves as any form does.
const PAUSE = 1500; // milliseconds without typing
const AGAIN = [2000, 5000, 15000, 30000]; // milliseconds until what did not arrive is sent again
const form = document.getElementById("sheet");
const state = document.getElementById("state");
const total = document.getElementById("total");
const fields = [...form.querySelectorAll('input[name^="points."], textarea[name="remark"]')];
const points = fields.filter((each) => each.tagName === "INPUT");
const KEPT = `sheet:${form.action}`; // in this window alone, and gone with it

let last = written(); // what the hub has
let sending = null; // what is on its way, with the key by which it is done once
let stopped = false; // changed elsewhere, or signed out: the form's own button goes on
let leaving = false; // by that button, which sends what was written
let failures = 0;
let pause = 0;

function written() {
  return JSON.stringify(fields.map((each) => each.value));
}

function say(text, kind = "") {
  state.textContent = text;
  state.dataset.kind = kind;
}

function soon(wait) {
  clearTimeout(pause);
  pause = setTimeout(save, wait);
}

// One at a time: the same body under the same key until the hub has answered, then what was written meanwhile.
async function save() {
  clearTimeout(pause);
  if (stopped || form.dataset.busy) return;
  if (!sending) {
    if (written() === last) return;
    sending = { body: new URLSearchParams(new FormData(form)).toString(), written: written() };
    keep();
  }
  form.dataset.busy = "1";
  if (!failures) say(form.dataset.saving);
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: sending.body,
      headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded" },
      signal: AbortSignal.timeout(20000),
    });
    await taken(answer);
  } catch {
    later();
  } finally {
    delete form.dataset.busy;
  }
  if (!sending && !stopped && written() !== last) soon(PAUSE);
}

async function taken(answer) {
  if (answer.redirected || answer.status === 403) return stop(form.dataset.signedOut);
  if (!(answer.headers.get("content-type") || "").startsWith("application/json") || answer.status >= 500) return later();
  const told = await answer.json();
  failures = 0;
  last = sending.written;
  sending = null;
  keep();
  form.elements.key.value = told.key;
  show(told.faults || {});
  if (told.changed) return stop(told.said);
  say(told.said, answer.ok ? "" : "late");
  if (answer.ok) {
    form.elements.version.value = told.version;
    total.textContent = told.total ?? "–";
  }
}

function later() {
  say(form.dataset.unsent, "late");
  soon(AGAIN[Math.min(failures++, AGAIN.length - 1)]);
}

function stop(text) {
  stopped = true;
  sending = null;
  say(text, "late");
}

function show(faults) {
  for (const each of fields) {
    const wrong = faults[each.name];
    const id = `${each.id}-fault`;
    let place = document.getElementById(id);
    if (wrong && !place) {
      place = Object.assign(document.createElement("span"), { id, className: "fault" });
      each.closest(".field").append(place);
    }
    if (place) place.textContent = wrong || "";
    each.closest(".field").classList.toggle("wrong", Boolean(wrong));
    each.toggleAttribute("aria-invalid", Boolean(wrong));
    if (wrong) each.setAttribute("aria-describedby", id);
  }
}

// What has not arrived outlives a reload of the page: it is shown again, and sent under the key that it had.
function keep() {
  try {
    if (sending) sessionStorage.setItem(KEPT, JSON.stringify(sending));
    else sessionStorage.removeItem(KEPT);
  } catch {
    // a browser that keeps nothing still saves while the page is open
  }
}

function resume() {
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(KEPT));
  } catch {
    return;
  }
  if (!kept) return;
  const given = new URLSearchParams(kept.body);
  for (const each of fields) each.value = given.get(each.name) ?? each.value;
  form.elements.version.value = given.get("version");
  sending = kept;
  save();
}

function step(field, direction) {
  const { least, most, step: by } = field.dataset;
  const digits = Math.max(...[least, by].map((each) => (each.split(".")[1] || "").length));
  const at = field.value.trim() === "" ? Number(least) - (direction > 0 ? Number(by) : 0) : Number(field.value);
  if (Number.isNaN(at)) return;
  field.value = Math.min(Number(most), Math.max(Number(least), at + direction * Number(by))).toFixed(digits);
  soon(PAUSE);
}

function turn(rel) {
  document.querySelector(`.pages a[rel="${rel}"]`)?.click();
}

form.addEventListener("input", () => soon(PAUSE));
form.addEventListener("focusout", () => save());
form.addEventListener("submit", () => {
  clearTimeout(pause);
  stopped = leaving = true;
  sending = null;
  keep();
});
form.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = points.indexOf(event.target);
  if (event.key === "PageDown" || event.key === "PageUp") {
    event.preventDefault();
    turn(event.key === "PageDown" ? "next" : "prev");
  } else if (at >= 0 && event.key === "Enter") {
    event.preventDefault();
    (fields[at + 1] || form.querySelector('button[name="then"]')).focus();
  } else if (at >= 0 && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
    event.preventDefault();
    step(event.target, event.key === "ArrowUp" ? 1 : -1);
  }
});
addEventListener("online", () => sending && save());
addEventListener("beforeunload", (event) => {
  if (!leaving && (sending || written() !== last)) event.preventDefault();
});
addEventListener("pageshow", (event) => event.persisted && location.reload()); // gone back to: what it had may be old

for (const each of document.querySelectorAll(".only-script")) each.hidden = false;
resume();

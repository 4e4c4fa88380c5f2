// Data from the simulator can contain any text, so it becomes text nodes and attributes only.
"use strict";

const EVERY = 1000; // milliseconds between two requests for the overview
const ROWS = 200; // calls shown
const GONE = "The simulator does not answer.";
const ANNOUNCE_EVERY = 5000; // milliseconds between two reports of new calls to screen readers

const SWITCHES = [
  { label: "Answer 503", fault: { function: "*", kind: "status", status: 503, times: "always" } },
  { label: "Answer 2 s late", fault: { function: "*", kind: "delay", seconds: 2, times: "always" } },
  { label: "Drop before acting", fault: { function: "*", kind: "drop_before", times: "always" } },
  { label: "Drop after acting", fault: { function: "*", kind: "drop_after", times: "always" } },
];

const byId = (id) => document.getElementById(id);
const kinds = new Map([...document.querySelectorAll("[name=kind] option")].map((option) => [option.value, option.textContent]));
let paused = false;
let resets = null;
let lastCall = 0; // all calls up to this number are on the page with their replies
let lastNumber = 0; // all calls up to this number are on the page
let unreported = { calls: 0, failed: 0, since: Date.now() };
let finished = null;
let latestRefresh = Promise.resolve();

function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role" || name === "scope") made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

function text(place, value) {
  if (place.textContent !== value) place.textContent = value;
}

/** Show values in one line that breaks between them, not within one. */
function parts(place, values, between = " ") {
  if (place.textContent === values.join(between)) return;
  const spans = values.map((value) => Object.assign(document.createElement("span"), { className: "part", textContent: value }));
  place.replaceChildren(...spans.flatMap((span, index) => (index ? [between, span] : [span])));
}

/** Let a parent have one child for each item, kept by key, so that focus and what is folded survive. */
function keep(parent, items, key, make, show) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  items.forEach((item, index) => {
    const name = String(key(item, index));
    const child = old.get(name) ?? make(item);
    old.delete(name);
    child.dataset.key = name;
    show(child, item);
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  for (const child of old.values()) child.remove();
}

async function ask(path, method = "GET", body) {
  const reply = await fetch(path, { method, body: typeof body === "object" && !(body instanceof Blob) ? JSON.stringify(body) : body });
  if (!reply.ok) throw new Error(await reply.text());
  return reply.status === 204 ? null : reply.json();
}

/** Do what a button says, announce it, and refresh. */
async function act(done, ...request) {
  try {
    const answer = await ask(...request);
    trouble("");
    text(byId("news"), typeof done === "function" ? done(answer) : done);
    unreported.since = Date.now(); // a report of new calls waits until this is read out
    await look();
  } catch (error) {
    trouble(`The simulator rejected it: ${error.message}`);
  }
}

function trouble(message) {
  byId("trouble").hidden = !message;
  text(byId("trouble"), message);
}

/** Refresh the page after the refreshes before this one, so that nothing older replaces what it shows. */
function look(isWanted = () => true) {
  latestRefresh = latestRefresh.catch(() => {}).then(() => refresh(isWanted));
  return latestRefresh;
}

async function refresh(isWanted) {
  const seen = await ask("overview");
  const isReset = seen.resets !== resets;
  const calls = await ask(`calls?after=${Math.max(isReset ? 0 : lastCall, seen.requests - ROWS)}`);
  if (!isWanted()) return;
  if (isReset) {
    resets = seen.resets;
    lastCall = lastNumber = 0;
    byId("calls").tBodies[0].replaceChildren();
  }
  showAbout(seen);
  showWork(seen.work);
  showFaults(seen.faults);
  showMessages(seen.messages);
  showInstances(seen.instances);
  showCalls(calls);
  tellNews(seen);
}

function showAbout(seen) {
  const login = seen.protocol === "basic" ? "HTTP Basic" : "sessions";
  text(byId("about"), `SPE ${seen.version} with ${login} · ${count(seen.requests, "call")} · ${count(seen.connections, "connection")}`);
  if (document.activeElement !== byId("clock")) byId("clock").value = seen.clock;
  byId("step").disabled = byId("finish").disabled = seen.running === 0;
  byId("no-work").hidden = seen.work.length > 0;
  byId("no-fault").hidden = seen.faults.length > 0;
  byId("no-faults").disabled = seen.faults.length === 0;
  byId("no-instances").hidden = seen.instances.length > 0;
}

function showWork(work) {
  const [running, ended] = [true, false].map((wanted) => work.filter((item) => (item.code === "running") === wanted));
  for (const [list, items] of [["work", running], ["ended", ended]]) keep(byId(list), items, (item) => item.id, makeWork, showPiece);
  const failed = ended.filter((item) => item.code === "failed").length;
  byId("ended-part").hidden = ended.length === 0;
  text(byId("ended-sum"), `${ended.length} ended${failed ? `, ${failed} failed` : ""}`);
}

function makeWork(item) {
  const bar = element("progress", { max: 100 });
  bar.setAttribute("aria-label", `${item.name} ${item.about}`.trim());
  const parts = ["about", "badge", "when"].map((className) => element("span", { className }));
  return element("li", { className: "job" }, element("strong"), ...parts, bar, element("span", { className: "line" }));
}

function showPiece(row, item) {
  const [name, about, badge, when, bar, line] = row.children;
  row.dataset.state = item.code;
  text(name, item.name);
  text(about, item.about);
  text(badge, item.code);
  badge.dataset.state = item.code;
  text(when, `${clockTime(item.began)}, ${duration(item)}`);
  bar.value = item.percent ?? 0;
  bar.hidden = item.code !== "running";
  text(line, item.error ?? item.line ?? "");
}

function clockTime(at) {
  return new Date(at).toLocaleTimeString("en-GB");
}

function duration(item) {
  const seconds = (new Date(item.ended ?? Date.now()) - new Date(item.began)) / 1000;
  return `${Math.max(seconds, 0).toLocaleString("en", { maximumFractionDigits: seconds < 10 ? 1 : 0 })} s`;
}

function showFaults(faults) {
  const make = (fault) => {
    const off = element("button", { type: "button", textContent: "Switch off" });
    off.setAttribute("aria-label", `Switch off: ${faultText(fault)}`);
    off.addEventListener("click", () => act("The fault is switched off.", `faults/${fault.number}`, "DELETE"));
    return element("li", {}, element("span"), off);
  };
  keep(byId("faults"), faults, (fault) => fault.number, make, (row, fault) => text(row.firstChild, `${faultText(fault)} · ${leftText(fault)}`));
  keep(byId("switches"), SWITCHES, (item) => item.label, makeSwitch, (button, item) => {
    const on = faults.find((fault) => fits(fault, item.fault));
    button.dataset.number = on ? on.number : "";
    button.setAttribute("aria-checked", String(Boolean(on)));
  });
}

function makeSwitch(item) {
  const button = element("button", { type: "button", role: "switch", className: "switch" }, element("span", { textContent: item.label }));
  button.addEventListener("click", () => {
    const number = button.dataset.number;
    if (number) act(`Off: ${item.label}.`, `faults/${number}`, "DELETE");
    else act(`On: ${item.label}, for every call.`, "faults", "POST", item.fault);
  });
  return button;
}

function fits(fault, wanted) {
  const isPlain = fault.skip === 0 && Object.keys(fault.arguments).length === 0;
  return isPlain && Object.entries(wanted).every(([name, value]) => fault[name] === value);
}

function faultText(fault) {
  const where = Object.entries(fault.arguments).map(([name, value]) => `${name}=${value}`).join(", ");
  const detail = {
    status: ` ${fault.status}`,
    delay: ` by ${fault.seconds}\u00a0s`,
    fail: `${fault.percent ? ` at ${fault.percent} %` : ""}: ${fault.message}`,
  }[fault.kind] ?? "";
  const who = fault.function === "*" ? "Every function" : fault.function;
  return `${who}${where ? ` with ${where}` : ""} ${kinds.get(fault.kind) ?? fault.kind}${detail}`;
}

function leftText(fault) {
  const skipped = fault.skip ? `after ${count(fault.skip, "more call")}, ` : "";
  return skipped + (fault.times === "always" ? "always" : fault.times === 1 ? "once" : `${fault.times} times`);
}

function showMessages(messages) {
  const make = () => element("li", {}, element("span", { className: "badge" }), element("span"));
  keep(byId("messages"), messages, (_, index) => index, make, (row, item) => {
    text(row.children[0], item.type);
    row.children[0].dataset.state = item.type;
    text(row.children[1], item.text);
  });
}

function showInstances(instances) {
  keep(byId("instances"), instances, (item) => item.id, makeInstance, (card, item) => {
    const find = (name) => card.querySelector(`.${name}`);
    text(find("name"), item.id);
    text(find("display"), item.name ?? "");
    text(find("badge"), item.status);
    find("badge").dataset.state = item.status;
    text(find("facts"), `on ${item.host} · ${count(item.users, "user")} · ${count(item.profiles, "profile")}`);
    text(find("stores-sum"), `${count(item.stores.length, "archive store")}, ${item.stores.reduce((sum, store) => sum + store.messages, 0).toLocaleString("en")} messages`);
    text(find("jobs-sum"), count(item.jobs.length, "scheduled job"));
    keep(find("stores"), item.stores, (store) => store.id, () => makeRow(5), showStore);
    keep(find("jobs"), item.jobs, (job) => job.id, () => makeRow(3), showJob);
  });
}

function makeInstance() {
  return element("article", { className: "instance" },
    element("h3", {}, element("span", { className: "name" }), " ", element("span", { className: "display" }), " ", element("span", { className: "badge" })),
    element("p", { className: "facts" }),
    folded("stores-sum", "stores", ["Store", "State", "Messages", "Size", "Remarks"], true),
    folded("jobs-sum", "jobs", ["Job", "Function", "Last run"], false));
}

function folded(sum, rows, columns, open) {
  const heads = columns.map((column) => element("th", { scope: "col", textContent: column, className: isNumber(column) ? "number" : `${rows}-head` }));
  const table = element("table", {}, element("thead", {}, element("tr", {}, ...heads)), element("tbody", { className: rows }));
  table.setAttribute("aria-label", rows === "stores" ? "Archive stores" : "Scheduled jobs");
  return element("details", { open }, element("summary", { className: sum }), element("div", { className: "scroll" }, table));
}

function isNumber(column) {
  return column === "Messages" || column === "Size";
}

function makeRow(cells) {
  return element("tr", {}, element("th", { scope: "row" }), ...Array.from({ length: cells - 1 }, () => element("td")));
}

function showStore(row, store) {
  const [name, state, messages, size, remarks] = row.children;
  text(name, `${store.id} ${store.name}`);
  text(state, store.state);
  text(messages, store.messages.toLocaleString("en"));
  text(size, humanSize(store.size));
  messages.className = size.className = "number";
  text(remarks, [store.error, ...store.remarks].filter(Boolean).join("; "));
  row.dataset.state = store.error ? "error" : store.state;
}

function showJob(row, job) {
  const [name, action, last] = row.children;
  text(name, job.enabled ? job.name : `${job.name} (off)`);
  text(action, job.action);
  text(last, job.result ?? "never");
}

function showCalls(calls) {
  const body = byId("calls").tBodies[0];
  const known = new Map([...body.rows].map((row) => [row.dataset.key, row]));
  for (const call of calls) {
    const row = known.get(String(call.number)) ?? body.insertRow(0);
    if (!row.children.length) row.append(...makeRow(5).children);
    showCall(row, call);
  }
  while (body.rows.length > ROWS) body.lastChild.remove();
  // Calls without a reply yet, such as an open long poll, are requested again.
  const open = [...body.rows].filter((row) => row.dataset.state === "open").map((row) => Number(row.dataset.key));
  const newest = calls.reduce((most, call) => Math.max(most, call.number), lastCall);
  unreported.calls += calls.filter((call) => call.number > lastNumber).length;
  unreported.failed += calls.filter((call) => call.number > lastNumber && isBad(call)).length;
  lastNumber = Math.max(newest, lastNumber);
  lastCall = open.length ? Math.min(...open) - 1 : newest;
  byId("calls").hidden = body.rows.length === 0;
  byId("no-calls").hidden = body.rows.length > 0;
}

function showCall(row, call) {
  row.dataset.key = call.number;
  row.dataset.state = call.seconds === null ? "open" : isBad(call) ? "bad" : "good";
  const [time, name, given, reply, took] = row.children;
  text(time, clockTime(call.at));
  parts(name, call.function.split(/(?<=[a-z])(?=[A-Z])/), "");
  parts(given, Object.entries(call.arguments).map(([key, value]) => `${key}=${value}`));
  text(reply, replyText(call));
  text(took, call.seconds === null ? "" : `${(call.seconds * 1000).toLocaleString("en", { maximumFractionDigits: 1 })} ms`);
  took.className = "number";
}

function replyText(call) {
  const fault = call.fault ? ` (fault: ${call.fault})` : "";
  if (call.seconds === null) return `waiting${fault}`;
  if (call.status === null) return `no reply${call.status_code ? `, though ${call.status_code}` : ""}${fault}`;
  return `${call.status}${call.status_code ? ` ${call.status_code}` : ""}${fault}`;
}

function isBad(call) {
  return call.seconds !== null && (call.status !== 200 || call.status_code === "failed");
}

/** Announce changes to screen readers, not more often than one can listen. */
function tellNews(seen) {
  const ended = seen.work.filter((item) => item.code !== "running");
  const fresh = finished && ended.filter((item) => !finished.has(item.id));
  finished = new Set(ended.map((item) => item.id));
  if (fresh?.length) text(byId("news"), fresh.map((item) => `${[item.name, item.about].filter(Boolean).join(", ")} ${item.code}.`).join(" "));
  else if (unreported.calls && Date.now() - unreported.since > ANNOUNCE_EVERY) {
    text(byId("news"), `${count(unreported.calls, "new call")}${unreported.failed ? `, ${unreported.failed} refused or lost` : ""}.`);
    unreported = { calls: 0, failed: 0, since: Date.now() };
  }
}

function count(number, thing) {
  return `${number.toLocaleString("en")} ${thing}${number === 1 ? "" : "s"}`;
}

// As the report does: in MB up to 1,024 of them, then in GB, then in TB.
function humanSize(bytes) {
  const unit = bytes < 2 ** 30 ? 2 : bytes < 2 ** 40 ? 3 : 4;
  const digits = { minimumFractionDigits: unit > 2 ? 1 : 0, maximumFractionDigits: unit > 2 ? 1 : 0 };
  return `${(bytes / 2 ** (10 * unit)).toLocaleString("en", digits)} ${["MB", "GB", "TB"][unit - 2]}`;
}

async function turn() {
  if (!paused && !document.hidden) {
    try {
      await look(() => !paused);
      if (byId("trouble").textContent === GONE) trouble("");
    } catch {
      trouble(GONE);
    }
  }
  setTimeout(turn, EVERY);
}

byId("pause").addEventListener("click", () => {
  paused = !paused;
  byId("pause").setAttribute("aria-pressed", String(paused));
});
byId("reset").addEventListener("click", () => act("The simulator is reset.", "reset", "POST"));
byId("step").addEventListener("click", () => act((answer) => `One step. ${count(answer.running, "piece")} of work still running.`, "advance", "POST"));
byId("finish").addEventListener("click", () => act("All work is done.", "advance", "POST", { steps: 10000 }));
byId("no-faults").addEventListener("click", () => act("All faults are switched off.", "faults", "DELETE"));
byId("load").addEventListener("click", () => byId("file").click());
byId("file").addEventListener("change", async () => {
  const [file] = byId("file").files;
  if (file) await act(`Loaded ${file.name}.`, "state", "PUT", file);
  byId("file").value = "";
});
byId("clock-form").addEventListener("submit", (event) => {
  event.preventDefault();
  const clock = byId("clock").value;
  act(`The clock of new work is ${clock}.`, "clock", "PUT", { clock });
});

const faultForm = byId("fault-form");
faultForm.elements.kind.addEventListener("change", () => {
  for (const part of faultForm.querySelectorAll("[class*=of-]")) {
    part.hidden = !part.classList.contains(`of-${faultForm.elements.kind.value}`);
    for (const field of part.querySelectorAll("input")) field.disabled = part.hidden;
  }
});
faultForm.addEventListener("submit", (event) => {
  event.preventDefault();
  const { function: name, arguments: given, ...rest } = Object.fromEntries(new FormData(faultForm));
  const numbers = ["times", "skip", "status", "seconds", "percent"].filter((field) => field in rest && rest[field] !== "always");
  const fault = { ...rest, function: name.trim(), ...Object.fromEntries(numbers.map((field) => [field, Number(rest[field])])) };
  if (given.trim()) fault.arguments = Object.fromEntries(given.split(",").map((part) => part.split(/=(.*)/s).slice(0, 2).map((text) => text.trim())));
  act("The fault is added.", "faults", "POST", fault);
});

ask("functions").then((names) => byId("functions").append(...["*", ...names].map((value) => element("option", { value }))), () => {});
turn();

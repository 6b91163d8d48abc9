// The header: which model runs, and what became of every frame.

const NUMBER = new Intl.NumberFormat("en");

/** Shows the model that runs. */
export async function showModel() {
  const response = await fetch("/bundle");
  if (!response.ok) {
    return;
  }
  const bundle = await response.json();
  put("model-name", bundle.name);
  put("model-digest", bundle.digest.slice(0, 12));
  document.getElementById("model-digest").title = `SHA-256 ${bundle.digest}`;
  const facts = [bundle.engine.includes(bundle.precision) ? bundle.engine : `${bundle.engine} ${bundle.precision}`];
  if (bundle.bytes > 0) {
    facts.push(`${(bundle.bytes / 1e6).toFixed(1)} MB`);
  }
  facts.push(...run(bundle.provenance), ...figures(bundle.provenance));
  put("model-facts", facts.join("  ·  "));
  document.getElementById("model-facts").title = source(bundle.provenance);
}

/** The training run that the weights come from. */
function run(provenance) {
  const run = provenance?.run;
  return run?.name ? [`run ${run.name}, seed ${run.seed}`] : [];
}

/** What a figure was measured on, and the source code behind it. */
function source(provenance) {
  const pictures = provenance?.report?.splits?.test?.pictures;
  const parts = pictures ? [`figures: ${NUMBER.format(pictures)} pictures of test, greedy captions`] : [];
  const commit = provenance?.run?.commit;
  return (commit ? [...parts, `commit ${commit}`] : parts).join("; ");
}

/** Figures on held-out pictures, as far as the bundle's report names them. */
function figures(provenance) {
  const test = provenance?.report?.splits?.test;
  return [
    ["AP50", test?.boxes?.AP50, value => value.toFixed(2)],
    ["CIDEr-D", test?.greedy?.CIDEr, value => value.toFixed(2)],
    ["VQA", test?.vqa?.overall, value => `${value.toFixed(1)} %`],
  ].filter(([, value]) => typeof value === "number").map(([name, value, text]) => `${name} ${text(value)}`);
}

/** Shows the account: what was handed to another worker is no longer received here. */
export function showAccount({ total, cameras }) {
  const skipped = sum(total.skipped);
  const rejected = sum(total.rejected);
  const received = total.received - total.handedOver;
  put("account-received", NUMBER.format(received));
  put("account-captions", NUMBER.format(total.captions));
  put("account-skipped", NUMBER.format(skipped));
  put("account-rejected", NUMBER.format(rejected));
  put("account-in-flight", NUMBER.format(total.inFlight));
  document.getElementById("skipped-term").title = reasons(total.skipped);
  document.getElementById("rejected-term").title = reasons(total.rejected);
  for (const [name, count] of [["captions", total.captions], ["skipped", skipped], ["rejected", rejected], ["in-flight", total.inFlight]]) {
    document.getElementById(`bar-${name}`).style.width = `${received > 0 ? (100 * count) / received : 0}%`;
  }
  put("rate", total.captionsPerSecond.toFixed(1));
  millis("p50", total.latencyMillis.p50);
  millis("p99", total.latencyMillis.p99);
  put("camera-count", Object.keys(cameras).length);
}

let shownBundle = "";

/** Shows the level of service where it is not the full one, what happened to bundles last, and a new bundle when there is one. */
export function showService({ level, service, bundle, rollout }) {
  const banner = document.getElementById("level");
  banner.hidden = level === 0;
  banner.textContent = level === 0 ? "" : `Too much to do: level ${level} of 5, ${service}.`;
  const news = document.getElementById("rollout");
  news.hidden = rollout === "";
  news.textContent = rollout;
  if (bundle !== shownBundle) {
    shownBundle = bundle;
    showModel();
  }
}

/** Says whether events are coming: connecting, live or lost. */
export function showStatus(state, text) {
  const status = document.getElementById("status");
  status.dataset.state = state;
  status.textContent = text;
}

function millis(id, value) {
  const unit = document.createElement("small");
  unit.textContent = "ms";
  document.getElementById(id).replaceChildren(value > 0 ? String(Math.round(value)) : "–", ...(value > 0 ? [unit] : []));
}

function reasons(counts) {
  return Object.entries(counts).map(([reason, count]) => `${reason} ${NUMBER.format(count)}`).join(", ");
}

function sum(counts) {
  return Object.values(counts).reduce((all, count) => all + count, 0);
}

function put(id, text) {
  document.getElementById(id).textContent = text;
}

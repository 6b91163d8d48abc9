// Glimpse's page. Events come in, cards and header change; nothing is polled.

import { Card } from "./card.js";
import { showAccount, showModel, showService, showStatus } from "./header.js";

const REJECTION_MILLIS = 6000;

const cards = new Map();
const grid = document.getElementById("cameras");
const template = document.getElementById("card");
let rejectionTimer = 0;

function card(camera) {
  let found = cards.get(camera);
  if (!found) {
    found = new Card(camera, template);
    cards.set(camera, found);
    const later = [...grid.children].find(other => other.dataset.camera.localeCompare(camera, "en", { numeric: true }) > 0);
    grid.insertBefore(found.element, later ?? null);
    grid.dataset.count = cards.size;
    document.getElementById("empty").hidden = true;
  }
  return found;
}

function listen() {
  const events = new EventSource("/events");
  events.addEventListener("open", () => {
    showStatus("live", "live");
    showModel();
  });
  events.addEventListener("error", () => showStatus("lost", "connection lost, trying again"));
  events.addEventListener("caption", event => {
    const caption = JSON.parse(event.data);
    card(caption.camera).caption(caption);
  });
  events.addEventListener("standing", event => {
    const answer = JSON.parse(event.data);
    cards.get(answer.camera)?.standing(answer);
  });
  events.addEventListener("account", event => {
    const account = JSON.parse(event.data);
    showAccount(account);
    showService(account);
    for (const [camera, tally] of Object.entries(account.cameras)) {
      cards.get(camera)?.tally(tally);
    }
  });
  events.addEventListener("rejection", event => showRejection(JSON.parse(event.data)));
}

function showRejection({ key, reason, message }) {
  const note = document.getElementById("rejection");
  note.textContent = `Rejected ${key || "a record without key"}: ${reason}. ${message}`;
  note.hidden = false;
  clearTimeout(rejectionTimer);
  rejectionTimer = setTimeout(() => { note.hidden = true; }, REJECTION_MILLIS);
}

function themes() {
  const order = ["", "dark", "light"];
  const root = document.documentElement;
  root.dataset.theme = localStorage.getItem("theme") ?? "";
  document.getElementById("theme").addEventListener("click", () => {
    root.dataset.theme = order[(order.indexOf(root.dataset.theme) + 1) % order.length];
    localStorage.setItem("theme", root.dataset.theme);
  });
}

themes();
listen();

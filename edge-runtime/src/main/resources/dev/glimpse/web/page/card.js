// One camera: its picture with boxes, the caption that belongs to exactly this picture, and a box for questions.

import { draw } from "./draw.js";
import { Questions } from "./ask.js";

const STILL_MILLIS = 5000;
const SOME_DOUBT = .5;
const MUCH_DOUBT = .25;
const PUNCTUATION = /^[,.;:!?]$/;

export class Card {
  #parts = {};
  #shown = null;
  #next = null;
  #busy = false;
  #held = false;
  #still = 0;
  #asked = new Map();

  constructor(camera, template) {
    this.element = template.content.firstElementChild.cloneNode(true);
    this.element.dataset.camera = camera;
    for (const part of this.element.querySelectorAll("[data-role]")) {
      this.#parts[part.dataset.role] = part;
    }
    this.#parts.name.textContent = camera;
    const caption = this.#parts.caption;
    caption.addEventListener("pointerover", event => this.#point(event.target));
    caption.addEventListener("pointerleave", () => this.#release());
    new ResizeObserver(() => this.#redraw()).observe(this.#parts.overlay);
    new Questions(camera, this.#parts, () => this.#shown?.event.frame);
  }

  /** Takes a new caption; of those that come while a picture loads only the newest is shown. */
  caption(event) {
    this.#next = event;
    this.#load();
  }

  /** Takes the newest answer to a standing question; one that no longer comes goes. */
  standing(answer) {
    this.#asked.set(answer.id, { ...answer, until: performance.now() + STILL_MILLIS });
    this.#showStanding();
  }

  #showStanding() {
    for (const [id, { until }] of this.#asked) {
      if (until < performance.now()) {
        this.#asked.delete(id);
      }
    }
    const list = this.#parts.standing;
    list.hidden = this.#asked.size === 0;
    list.replaceChildren(...[...this.#asked.values()].sort((a, b) => a.id.localeCompare(b.id, "en")).flatMap(row));
  }

  tally(tally) {
    this.#parts.rate.textContent = tally.captionsPerSecond.toFixed(1);
    this.#showStanding();
  }

  async #load() {
    if (this.#busy || this.#held || this.#next === null) {
      return;
    }
    const event = this.#next;
    this.#next = null;
    this.#busy = true;
    const picture = new Image();
    picture.alt = event.caption;
    picture.src = event.picture;
    try {
      await picture.decode();
      if (!this.#held) {
        this.#show(event, picture);
      }
    } catch {
      // The picture is gone already; the next caption brings the next one.
    }
    this.#busy = false;
    this.#load();
  }

  #show(event, picture) {
    this.#shown = { event, picture };
    this.#parts.screen.replaceChildren(picture);
    this.#parts.screen.parentElement.style.aspectRatio = `${event.width} / ${event.height}`;
    this.#redraw();
    this.#parts.latency.textContent = Math.round(event.latencyMillis);
    this.#parts.confidence.textContent = event.words.length === 0 ? "–" : `${Math.round(event.confidence * 100)} %`;
    this.#parts.meter.style.width = `${event.confidence * 100}%`;
    this.#words(event);
    this.#stages(event);
    this.element.dataset.frame = event.frame;
    this.element.dataset.state = "live";
    clearTimeout(this.#still);
    this.#still = setTimeout(() => { this.element.dataset.state = "still"; }, STILL_MILLIS);
  }

  #words(event) {
    const words = event.words.map((word, i) => {
      const span = document.createElement("span");
      span.textContent = word.text;
      span.dataset.word = i;
      span.dataset.doubt = word.probability < MUCH_DOUBT ? "much" : word.probability < SOME_DOUBT ? "some" : "none";
      span.title = `${Math.round(word.probability * 100)} %`;
      return PUNCTUATION.test(word.text) ? [span] : [" ", span];
    });
    this.#parts.caption.replaceChildren(...(words.length === 0 ? [wordless()] : words.flat()));
  }

  #stages({ times, latencyMillis }) {
    const parts = [["mailbox", times.waited], ["decode", times.decoded], ["queue", times.queued], ["model", times.looked]];
    const known = parts.reduce((sum, [, millis]) => sum + millis, 0);
    parts.push(["Kafka", Math.max(0, latencyMillis - known)]);
    this.#parts.stages.replaceChildren(...parts.map(([, millis]) => {
      const part = document.createElement("i");
      part.style.flexGrow = millis;
      return part;
    }));
    this.#parts.stages.title = parts.map(([stage, millis]) => `${stage} ${millis.toFixed(1)} ms`).join(", ");
  }

  #redraw(weights) {
    if (this.#shown) {
      const { width, height, regions, words } = this.#shown.event;
      draw(this.#parts.overlay, width, height, named(regions, words), weights);
    }
  }

  /** Shows where a word looked, and holds the picture meanwhile. */
  #point(target) {
    const index = target.dataset?.word;
    if (index === undefined || !this.#shown) {
      return;
    }
    this.#held = true;
    this.element.dataset.held = "";
    this.#redraw(this.#shown.event.words[index].regions);
  }

  #release() {
    this.#held = false;
    delete this.element.dataset.held;
    this.#redraw();
    this.#load();
  }
}

/** One standing question with its answer, which is marked where it should not be relied on. */
function row({ question, answer, confidence, abstained }) {
  const asked = document.createElement("dt");
  asked.textContent = question;
  const given = document.createElement("dd");
  given.textContent = answer || abstained;
  given.title = abstained;
  given.toggleAttribute("data-unsure", abstained !== "");
  const sure = document.createElement("dd");
  sure.textContent = `${Math.round(confidence * 100)} %`;
  return [asked, given, sure];
}

/** Stands where the level leaves no time for words. */
function wordless() {
  const span = document.createElement("span");
  span.className = "wordless";
  span.textContent = "regions only";
  return span;
}

/** Regions with the attribute that the caption mentions; which others a region has says little to a person. */
function named(regions, words) {
  const said = new Set(words.map(word => word.text));
  return regions.map(region => ({ ...region, attributes: region.attributes.filter(attribute => said.has(attribute)) }));
}

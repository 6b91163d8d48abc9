// The question box of a camera: a question in, an answer with its evidence out. Everything is shown as text.

import { draw } from "./draw.js";

export class Questions {
  #camera;
  #parts;
  #frame;

  /** frame: tells which frame is on the screen */
  constructor(camera, parts, frame) {
    this.#camera = camera;
    this.#parts = parts;
    this.#frame = frame;
    parts.form.addEventListener("submit", event => {
      event.preventDefault();
      this.#ask(parts.question.value.trim());
    });
  }

  async #ask(question) {
    if (question === "") {
      return;
    }
    this.#parts.ask.disabled = true;
    try {
      const answer = await this.#send(question, this.#frame());
      await this.#show(answer);
    } catch (problem) {
      this.#problem(problem.message);
    }
    this.#parts.ask.disabled = false;
  }

  /** Asks about the frame on the screen; if that is forgotten already, about the latest. */
  async #send(question, frame) {
    const body = { camera: this.#camera, question };
    if (frame !== undefined) {
      body.frame = frame;
    }
    const response = await fetch("/ask", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const reply = await response.json();
    if (response.ok) {
      return reply;
    }
    if (reply.error === "forgotten") {
      return this.#send(question);
    }
    throw new Error(reply.message);
  }

  async #show(answer) {
    const panel = this.#parts.answer;
    panel.className = "answer";
    panel.hidden = false;
    panel.dataset.frame = answer.frame;
    const evidence = element("div", "evidence");
    const picture = new Image();
    picture.alt = "";
    picture.src = answer.picture;
    const canvas = document.createElement("canvas");
    evidence.append(picture, canvas);
    panel.replaceChildren(evidence, this.#text(answer));
    try {
      await picture.decode();
      draw(canvas, answer.width, answer.height, answer.evidence, answer.evidence.map(each => each.weight));
    } catch {
      evidence.remove();
    }
  }

  #text(answer) {
    const text = element("div");
    const asked = element("p", "asked", answer.question);
    const given = element("p", "given", answer.answer);
    given.dataset.role = "answer-text";
    given.append(element("small", "", `${Math.round(answer.confidence * 100)} %${answer.abstained === "" ? "" : ", not sure"}`));
    const top = element("ol");
    for (const candidate of answer.top) {
      const item = element("li");
      const share = element("i");
      share.style.setProperty("--share", candidate.confidence);
      item.append(element("span", "", candidate.text), share, element("b", "", `${Math.round(candidate.confidence * 100)} %`));
      top.append(item);
    }
    text.append(asked, given, top);
    return text;
  }

  #problem(message) {
    const panel = this.#parts.answer;
    panel.className = "answer problem";
    panel.hidden = false;
    panel.replaceChildren(element("p", "", message));
  }
}

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

// Regions in, boxes on a canvas out. A canvas covers its picture; boxes are in pixels of the picture.

const HUES = [165, 38, 212, 345, 96, 268, 18, 190, 312, 130, 240, 60];

/** The same tag has the same colour everywhere. */
export function hue(tag) {
  let sum = 0;
  for (const letter of tag) {
    sum = (sum * 31 + letter.codePointAt(0)) >>> 0;
  }
  return HUES[sum % HUES.length];
}

/** Name of a region: the tag, then its best attribute if it has one. */
export function name(region) {
  const attributes = region.attributes ?? [];
  return attributes.length > 0 ? `${region.tag} · ${attributes[0]}` : region.tag;
}

/**
 * Draws the regions of a picture.
 *
 * weights: how much each region counts, in [0, 1]; without them all are drawn alike
 */
export function draw(canvas, width, height, regions, weights) {
  const scale = window.devicePixelRatio || 1;
  const shown = canvas.getBoundingClientRect();
  canvas.width = Math.round(shown.width * scale);
  canvas.height = Math.round(shown.height * scale);
  const pen = canvas.getContext("2d");
  const zoom = Math.min(canvas.width / width, canvas.height / height);
  const left = (canvas.width - width * zoom) / 2;
  const top = (canvas.height - height * zoom) / 2;
  const most = weights ? Math.max(1e-6, ...weights) : 1;
  const order = regions.map((region, i) => i).sort((a, b) => (weights ? weights[a] - weights[b] : area(regions[b]) - area(regions[a])));
  if (weights) {
    pen.fillStyle = "rgb(4 8 10 / .52)";
    pen.fillRect(0, 0, canvas.width, canvas.height);
  }
  const labels = [];
  for (const i of order) {
    const region = regions[i];
    const share = weights ? weights[i] / most : 1;
    const [x1, y1, x2, y2] = region.box;
    const box = [left + x1 * zoom, top + y1 * zoom, (x2 - x1) * zoom, (y2 - y1) * zoom];
    if (weights && share > .25) {
      pen.clearRect(...box);
      pen.fillStyle = `rgb(4 8 10 / ${.42 * (1 - share)})`;
      pen.fillRect(...box);
    }
    outline(pen, box, hue(region.tag), share, scale);
    if (share > .25) {
      labels.push({ box, region, share });
    }
  }
  const taken = [];
  for (const each of labels.reverse()) {
    label(pen, each, taken, scale, canvas);
  }
}

function area(region) {
  const [x1, y1, x2, y2] = region.box;
  return (x2 - x1) * (y2 - y1);
}

function outline(pen, [x, y, w, h], tint, share, scale) {
  const radius = Math.min(6 * scale, w / 4, h / 4);
  pen.globalAlpha = .12 + .88 * share;
  pen.beginPath();
  pen.roundRect(x, y, w, h, radius);
  pen.lineWidth = 4 * scale;
  pen.strokeStyle = "rgb(4 8 10 / .35)";
  pen.stroke();
  pen.lineWidth = (1.4 + share) * scale;
  pen.strokeStyle = `hsl(${tint} 88% 66%)`;
  pen.stroke();
  pen.globalAlpha = 1;
}

function label(pen, { box, region, share }, taken, scale, canvas) {
  const [x, y, w, h] = box;
  pen.font = `600 ${12 * scale}px "Inter", system-ui, sans-serif`;
  const text = name(region);
  const width = pen.measureText(text).width + 12 * scale;
  const height = 19 * scale;
  const left = Math.max(2 * scale, Math.min(x, canvas.width - width - 2 * scale));
  for (const top of [y - height - 2 * scale, y + 3 * scale, y + h + 2 * scale, y + h - height - 3 * scale]) {
    const place = [left, top, width, height];
    const outside = top < 2 * scale || top + height > canvas.height - 44 * scale;
    if (!outside && !taken.some(other => overlap(place, other))) {
      taken.push(place);
      pen.globalAlpha = .35 + .65 * share;
      pen.beginPath();
      pen.roundRect(left, top, width, height, 5 * scale);
      pen.fillStyle = `hsl(${hue(region.tag)} 88% 66%)`;
      pen.fill();
      pen.fillStyle = "#06100e";
      pen.textBaseline = "middle";
      pen.fillText(text, left + 6 * scale, top + height / 2 + .5 * scale);
      pen.globalAlpha = 1;
      return;
    }
  }
}

function overlap([ax, ay, aw, ah], [bx, by, bw, bh]) {
  return ax < bx + bw && bx < ax + aw && ay < by + bh && by < ay + ah;
}

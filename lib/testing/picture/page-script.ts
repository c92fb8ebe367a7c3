/**
 * What the page does: shows what a marble stands for, and folds lanes. Plain JavaScript in a text, since it is the page's and not
 * ours; what it shows is only ever put in as text.
 */
export const pageScript = `
'use strict';
const { messages, marbles } = JSON.parse(document.getElementById('data').textContent);
const card = document.getElementById('card');
const lanes = [...document.querySelectorAll('.lane')];
const most = 50;
let shown;
let leaving;

function add(tag, text, kind) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (kind) element.className = kind;
  card.append(element);
  return element;
}

function tell({ title, message, wrong }) {
  add('h2', title);
  const { text, wrong: why = wrong, facts = [] } = messages[message] ?? {};
  if (text) add('pre', text);
  if (why) add('pre', why, 'wrong');
  const list = add('dl', '');
  for (const [name, value] of facts) {
    for (const [tag, content] of [['dt', name], ['dd', value]]) {
      const element = document.createElement(tag);
      element.textContent = content;
      list.append(element);
    }
  }
}

function show(point) {
  if (point === shown) return;
  shown = point;
  card.replaceChildren();
  const marks = marbles[Number(point.id.slice(1))];
  for (const mark of marks.slice(0, most)) tell(mark);
  if (marks.length > most) add('p', 'and ' + (marks.length - most) + ' more');
  card.hidden = false;
  card.scrollTop = 0;
  place();
}

function place() {
  if (!shown) return;
  const { left, top, bottom } = shown.getBoundingClientRect();
  const [above, below] = [top - 16, innerHeight - bottom - 16];
  card.style.maxHeight = '420px';
  const { width, height } = card.getBoundingClientRect();
  const isBelow = below >= Math.min(height, above);
  card.style.maxHeight = Math.max(60, Math.min(420, isBelow ? below : above)) + 'px';
  card.style.left = Math.max(12, Math.min(left, document.documentElement.clientWidth - width - 12)) + 'px';
  card.style.top = (isBelow ? bottom + 8 : top - 8 - card.getBoundingClientRect().height) + 'px';
}

function hide() {
  clearTimeout(leaving);
  shown = undefined;
  card.hidden = true;
}

function fold() {
  let hiddenUpTo = -1;
  lanes.forEach((lane, index) => {
    lane.hidden = index <= hiddenUpTo;
    const button = lane.querySelector('.fold');
    if (!lane.hidden && button?.ariaExpanded === 'false') hiddenUpTo = Number(lane.dataset.last);
  });
  hide();
}

function setAll(expanded) {
  for (const button of document.querySelectorAll('.fold')) button.ariaExpanded = expanded;
  fold();
}

function move(point, key) {
  const lane = point.closest('.lane');
  const number = (each) => Number(each.id.slice(1));
  const points = (of) => [...of.querySelectorAll('.point')].sort((one, other) => number(one) - number(other));
  const here = points(lane);
  const at = here.indexOf(point);
  const across = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: here.length - 1 };
  if (key in across) return here[across[key]];
  const open = lanes.filter((each) => !each.hidden && each.querySelector('.point'));
  const next = open[open.indexOf(lane) + (key === 'ArrowDown' ? 1 : -1)];
  if (!next) return undefined;
  const { left } = point.getBoundingClientRect();
  const far = (each) => Math.abs(each.getBoundingClientRect().left - left);
  return points(next).reduce((best, each) => (far(each) < far(best) ? each : best));
}

document.addEventListener('pointerover', ({ target }) => {
  const point = target.closest('.point');
  if (point || target.closest('#card')) clearTimeout(leaving);
  if (point) show(point);
});
document.addEventListener('pointerout', ({ target }) => {
  // There is time to get to the card; what is reached by keyboard stays.
  if (!target.closest('.point, #card') || document.activeElement === shown) return;
  clearTimeout(leaving);
  leaving = setTimeout(hide, 300);
});
document.addEventListener('focusin', ({ target }) => target.closest('.point') && show(target));
document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (button?.className === 'fold') {
    button.ariaExpanded = String(button.ariaExpanded !== 'true');
    fold();
  } else if (button) setAll(String(button.id === 'unfold'));
  else if (!target.closest('.point, #card')) hide();
});
document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') return hide();
  const point = event.target.closest('.point');
  if (!point || !/^(Arrow|Home|End)/.test(event.key)) return;
  event.preventDefault();
  move(point, event.key)?.focus();
});
document.addEventListener('scroll', ({ target }) => target === document && place(), true);
`;

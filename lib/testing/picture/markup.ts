import { inOneLine } from './words.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** A text in one line that can stand in markup, between tags or in an attribute, and means nothing there. */
export function escapeMarkup(text: string): string {
  return inOneLine(text).replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/** A number as it is written into a picture: the same on every machine, and no longer than it needs to be. */
export function short(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return String(rounded === 0 ? 0 : rounded);
}

import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import type { RecordedEvent } from '../recording/recorded-event.js';
import { toHTML } from './html.js';
import { toSVG } from './svg.js';
import { tell } from './tell.js';
import { toText } from './text.js';

/** How wide a picture is. */
export interface PictureOptions {
  /** In pixels: 1000 for an SVG, 1200 for a page, and no less than 400. */
  readonly width?: number | undefined;
}

/** How a picture in a terminal is drawn. */
export interface TextPictureOptions {
  /** In columns: no line is longer. Default 80, and no less than 40. */
  readonly width?: number | undefined;
  /** Draws with characters that are not in ASCII, such as `●`. What was said is shown as it is in any case. Default `false`. */
  readonly unicode?: boolean | undefined;
}

/**
 * A picture of a run: a lane for each run of an agent, below that of the agent which called it. Of a recording it is the same
 * every time; of a MiniAgents, each drawing shows what has happened by then.
 */
export class MarbleDiagram {
  /** @internal */
  constructor(
    private readonly events: () => readonly RecordedEvent[],
    /** What stands above it. */
    readonly title: string,
  ) {}

  /**
   * As an SVG that needs nothing beside it: light or dark as the reader's system is, text that can be selected, no scripts.
   *
   * @throws InvalidArgumentError for a width that it cannot have.
   */
  toSVG({ width = 1000 }: PictureOptions = {}): string {
    return toSVG(tell(this.events()), { width: expectWidth(width, 400), title: this.title });
  }

  /**
   * As lines of text, for a terminal.
   *
   * @throws InvalidArgumentError for a width that it cannot have.
   */
  toText({ width = 80, unicode = false }: TextPictureOptions = {}): string {
    return toText(tell(this.events()), { width: expectWidth(width, 40), title: this.title, isUnicode: unicode });
  }

  /**
   * As a page that needs nothing beside it, with all that was said: a marble tells what it stands for when it is pointed at or
   * reached by keyboard, and lanes fold.
   *
   * @throws InvalidArgumentError for a width that it cannot have.
   */
  toHTML({ width = 1200 }: PictureOptions = {}): string {
    return toHTML(tell(this.events()), { width: expectWidth(width, 400), title: this.title });
  }

  /** The same as {@link MarbleDiagram.toText}, as it is without options. */
  toString(): string {
    return this.toText();
  }
}

function expectWidth(width: unknown, least: number): number {
  if (Number.isInteger(width) && (width as number) >= least && (width as number) <= 100_000) return width as number;
  throw new InvalidArgumentError(`a whole number from ${least} to 100000 as width`, width);
}

import { defer, filter, map } from 'rxjs';
import type { MonoTypeOperatorFunction } from 'rxjs';

/**
 * Drops the line ends that a text begins with.
 *
 * ```
 *   \n  \na  b\n  |
 *       a    b\n  |
 * ```
 */
export function stripLeadingNewlines(): MonoTypeOperatorFunction<string> {
  return (tokens$) =>
    defer(() => {
      let begun = false;
      const strip = (token: string) => {
        const rest = begun ? token : token.replace(/^[\r\n]+/, '');
        begun ||= rest !== '';
        return rest;
      };
      return tokens$.pipe(
        map(strip),
        filter((token) => token !== ''),
      );
    });
}

/** What a picture is coloured by. Each colour stands out from `surface` as WCAG asks: text 4.5 to 1, shapes 3 to 1. */
export interface Theme {
  readonly surface: string;
  readonly text: string;
  /** What is said beside: times, the legend, what was asked. */
  readonly quiet: string;
  /** Lines of the grid and of the tree: no information of their own. */
  readonly grid: string;
  /** The body of a run, and its edge. */
  readonly bar: string;
  readonly edge: string;
  readonly error: string;
  /** One for each agent, in turn. */
  readonly agents: readonly string[];
}

/** The colours of a picture where the reader likes it light. */
export const light: Theme = {
  surface: '#ffffff',
  text: '#1f2328',
  quiet: '#59636e',
  grid: '#d8dee4',
  bar: '#eef1f4',
  edge: '#818b98',
  error: '#c0152f',
  agents: ['#0757c2', '#9a4b00', '#0a6b45', '#7a35c9', '#a81a6b', '#0b6681', '#4f6209', '#5b5f66'],
};

/** The colours of a picture where the reader likes it dark. */
export const dark: Theme = {
  surface: '#0d1117',
  text: '#e6edf3',
  quiet: '#9aa5b1',
  grid: '#2a313a',
  bar: '#1c232c',
  edge: '#717b87',
  error: '#ff7b85',
  agents: ['#79b8ff', '#f2b04c', '#56d39b', '#c9a2ff', '#ff9bd0', '#5dd0e8', '#bcd35f', '#b4bcc6'],
};

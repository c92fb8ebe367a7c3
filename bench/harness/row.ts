/** What a run told, by metric. Of everything that is measured, less is better. */
export type Sample = Readonly<Record<string, number>>;

/** Something that is measured, in a process of its own. */
export interface Contender {
  /** Among how many tokens, agents … the CPU time of a run is divided. Default 1. */
  readonly units?: number;
  /** Makes what a run needs; not measured. */
  prepare?(): unknown;
  /** What is measured: its CPU time, as the metric `cpu` in µs per unit, and whatever it tells itself. */
  run(prepared: never): Promise<Sample | void> | Sample | void;
}

/** Makes a contender. `at` is where the row's fixture is, if it has one. */
export type Make = (at: string) => Contender | Promise<Contender>;

/** What is aimed at: every one of `ours` at most so many times `against`; or, without that, at most so much. */
export interface Aim {
  readonly what: string;
  readonly metric: string;
  readonly ours: readonly string[];
  readonly against?: string;
  readonly atMost: number;
}

/** Something that contenders of a row share, such as a server. */
export interface Fixture {
  readonly at: string;
  stop(): void;
}

/** A row of the table: contenders that do the same work. */
export interface Row {
  readonly name: string;
  readonly what: string;
  /** What the work costs at least, where that is known, as a multiple of the baseline. */
  readonly limit: string;
  readonly contenders: Readonly<Record<string, Make>>;
  readonly aims: readonly Aim[];
  /** The unit of each metric that is no CPU time. */
  readonly units?: Readonly<Record<string, string>>;
  /** How often the contenders take their turns. Default 7. */
  readonly rounds?: number;
  /** How much CPU time a turn takes at least. Default 100. */
  readonly turnMs?: number;
  /** How much CPU time each takes to warm up: the JIT compiler needs about a second of it. Default 1200. */
  readonly warmUpMs?: number;
  /** For Node, in the contenders' processes. */
  readonly execArgv?: readonly string[];
  fixture?(): Promise<Fixture>;
}

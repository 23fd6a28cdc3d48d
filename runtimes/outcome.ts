/** What became of one test. */
export interface Outcome {
  readonly test: string
  readonly result: 'passed' | 'failed' | 'skipped'
  /** Of what failed or was skipped. */
  readonly message?: string | undefined
}

/** What became of one file of tests on one runtime. */
export interface FileRun {
  /** As in `exchange/client.test.js`. */
  readonly file: string
  readonly outcomes: readonly Outcome[]
  /** The file itself failed: it did not load, or did not end. */
  readonly problem?: string | undefined
  /** It could not even be tried, and why: what it needs of Node that is not there by the nature of the runtime. */
  readonly cannot?: string | undefined
}

/** How much is drawn and listed. Whatever a cap leaves out is counted in the page and stands whole in the CSV files. */
export const CAPS = {
  /** Traces drawn in the gallery, of one channel, and refused ones of a channel that has others. */
  gallery: 72,
  gallerySeries: 6,
  galleryRefused: 2,
  /** Points of one trace drawn one by one; longer traces are drawn as means of bins. */
  tracePoints: 400,
  traceBins: 200,
  /** Series drawn against repeat or time. */
  series: 24,
  /** Panels per figure section (one per qubit and cooldown). */
  panels: 48,
  /** Rows of one forest of ratios; more stand in further pictures. */
  forest: 30,
  /** Powers drawn in one complex plane, and points of each. */
  resonances: 8,
  resonancePoints: 240,
  /** Budgets drawn as bars. */
  budgets: 36,
  /** Fields drawn, films of all of them, times of a film, and positions along a side of a film and of a map: pictures are most of their size. */
  fields: 12,
  films: 8,
  filmFrames: 32,
  filmSide: 40,
  mapSide: 160,
  /** Scattered positions that are marked one by one. */
  sensors: 600,
  /** Rows of tables that can grow with the data; of one check's sentences; of one file's notes. */
  rows: 1000,
  fitRows: 5000,
  reasons: 200,
  reasonFiles: 6,
  sentences: 5,
  notes: 12,
} as const;

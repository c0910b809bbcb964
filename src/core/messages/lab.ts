/** Sentences about gammawatt.yaml. Each says what was expected and what to write. */

/** What each kind of syntax error is, in our words; those that are not listed here are described by the line that ends them all. */
const SYNTAX: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "A tab stands in the indentation. Write spaces, two for each level.",
  MULTIPLE_DOCS: 'A second document begins here ("---"). One file holds one description: take the line out.',
  BAD_DIRECTIVE: "A line that begins with % is a directive in YAML, and none is read here. Take it out, or begin a comment with #.",
  KEY_OVER_1024_CHARS: "A key is longer than 1024 characters. A quote or a colon is missing before it.",
};
const WHY: Readonly<Record<string, string>> = {
  BAD_INDENT: "the indentation does not fit the lines above, or a bracket before it is not closed",
  BAD_DQ_ESCAPE: "a backslash in double quotes begins no known escape (write / between folders)",
  BAD_SCALAR_START: "a text cannot begin with this character",
  BLOCK_AS_IMPLICIT_KEY: "two colons stand in one line, or a value goes on where a key was expected",
  BLOCK_IN_FLOW: "a list or mapping of indented lines stands inside brackets",
  MISSING_CHAR: "a quote, a bracket, a comma or a colon is missing",
  MULTILINE_IMPLICIT_KEY: "a key reaches over several lines, or its colon is missing",
  UNEXPECTED_TOKEN: "something stands here that was not expected",
};
export const yamlSyntax = (code: string) =>
  SYNTAX[code] ??
  `This is not valid YAML: ${WHY[code] ?? "it cannot be read from here on"}. Check indentation, quotes and brackets on this line; ` +
    'a text with braces, or one that begins with *, @ or %, must be in quotes: "{qubit}_t1_*.csv".';
export const tooDeep = () =>
  "Brackets or indentation are nested more deeply here than anything that a lab file says. Close the brackets; begin each key of one level at the same column.";
export const otherName = (name: string) => `The lab file is called "${name}", under which it is not read. Rename it: gammawatt.yaml`;
export const aliasNotAllowed = () =>
  'A word that begins with * is a reference in YAML, and references are not read here. Write the value out, or a pattern in quotes: "*_t1.csv".';
export const tagNotAllowed = () =>
  'A word that begins with ! is a tag in YAML, and tags are not read here. Put the text in quotes: "!text".';
export const keyTwice = (key: string, line: number) => `"${key}" stands here and on line ${line} already. Keep one of the two.`;
export const keyNotText = () => 'A key must be one text. Put names with braces or brackets in quotes: "{a}":';
export const notAMapping = () => 'A mapping was expected at the top of the file. Write for example "qubits:" on a line of its own.';
export const moreProblems = (count: number) => `... and ${count} more.`;
export const unknownKey = (key: string, nearest: string | undefined, known: readonly string[]) =>
  nearest
    ? `"${key}" is not a known key. Did you mean "${nearest}"? Known here: ${known.join(", ")}.`
    : `"${key}" is not a known key. Known here: ${known.join(", ")}.`;
export const missingKey = (key: string) => `The key "${key}" is missing here. Add "${key}: ...".`;
export const expectedType = (expected: string, got: string) => `${expected} was expected, not ${got}.`;
const TEXTS: Readonly<Record<string, string>> = {
  device: "device: chipA",
  note: 'note: "after IR filters"',
  started: "started: 2026-09-03",
  match: 'match: "{cooldown}/{qubit}_t1_*.csv"',
  file: 'file: "cd07/q1_t1_007.csv"',
  reason: 'reason: "burst of quasiparticles"',
  power_unit: "power_unit: dBm",
  cooldown: "cooldown: cd07",
  qubit: "qubit: q1",
  trace: "trace: p1",
  delay: 'delay: "delay [us]"',
  population: "population: p1",
};
export const emptyText = (key: string | number) =>
  typeof key === "number"
    ? "Nothing stands here, where a name is expected. Write it, or take the comma out."
    : `Nothing stands behind "${key}:". Write for example ${TEXTS[key] ?? `${key}: "..."`}${key === "match" || key === "reason" ? "" : ", or take the key out"}.`;
export const oneOf = (got: string, known: readonly string[], nearest: string | undefined) =>
  `"${got}" is not one of ${known.join(", ")}.${nearest ? ` Did you mean "${nearest}"?` : ""}`;
export const emptyPattern = () => 'A pattern of at least one character is expected. Write for example "{cooldown}/{qubit}_t1_*.csv".';
export const patternPath = (text: string) =>
  `Paths begin at the folder's root, without "/" or "." before them. Write "${text.replace(/^(?:\.{0,2}\/)+/, "")}".`;
export const patternName = (name: string) => `"{${name}}" is not a name. Write letters, digits and _ between the braces, as in "{qubit}".`;
export const patternNameTwice = (name: string, text: string) =>
  `"{${name}}" stands twice in "${text}". Give each its own name, or write *.`;
export const patternBackslash = (text: string) =>
  `Folders are separated by "/" here, on every system. Write "${text.replaceAll("\\", "/")}".`;
export const patternTouching = (a: string, b: string, text: string) =>
  `Where "${a}" ends and "${b}" begins cannot be told in "${text}". Write what stands between them, as in "${a}_${b}".`;
export const unclosedBrace = (text: string) =>
  `A brace in "${text}" has no partner. Write names as in "{qubit}"; a brace in a file name is matched by *.`;
export const hiddenEntry = (match: string, by: string, line: number) =>
  `The entry "${match}" can never match: "${by}" on line ${line} matches first. Move it above, or make the earlier one narrower.`;
export const qubitCase = (name: string, known: string) =>
  `"${name}" is not described under qubits:, but "${known}" is. Capitals matter: write "${known}" in both places.`;
export const lineWithoutQubits = (line: string, nearest: string | undefined) =>
  `No qubit is on the line "${line}". ${nearest ? `Did you mean "${nearest}"? Or say` : "Say"} which qubits it drives: "qubits: [q1, q2]".`;
export const qubitOnTwoLines = (qubit: string, a: string, b: string) =>
  `Qubit "${qubit}" stands on the lines "${a}" and "${b}". Name it on the one that drives it.`;
export const twoReadoutErrors = () =>
  "The readout errors p1_given_0 and p0_given_1 add up to 1 or more: such a readout tells nothing. Check the two numbers.";
export const outOfRange = (what: string, range: string, example: string) => `${what} must be ${range}. Write for example ${example}.`;
export const notACount = (got: string) => `${got} is not a number of shots. Write a whole number above 0, or the header of a column.`;
export const notAPort = (got: string) => `${got} is not a port. Write its number, counted from 1: "driven_port: 1".`;
export const notARow = (got: string) =>
  `${got} is not a row number. Write whole numbers, the first row of a trace being 0: "points: [0, 17]".`;
export const notADate = (got: string) =>
  `"${got}" is not a date. Write year, month and day: "2026-09-03" (a time may follow: "2026-09-03 14:30").`;
export const notAName = (got: string) => `"${got}" cannot be used as a name here. Choose another.`;
export const interval = () => 'Two times are expected, the first before the second. Write for example "on: [0 s, 1.0 ms]".';
export const coordinates = (got: number) =>
  `${got} coordinates were given; one to three are expected. Write for example "position: [1.2 mm, 0.4 mm]".`;
export const twoTimings = (key: string, here: string, there: string) =>
  `"${key}" differs between the entries on ${here} and ${there}, which describe the same qubit. State it once, under readout: or for the qubit.`;
export const keyOfOtherKind = (key: string, kinds: readonly string[], kind: string | undefined) =>
  `"${key}" belongs to files of kind ${kinds.join(" or ")}${kind === undefined ? "" : `, not ${kind}`}. Write "kind: ${kinds[0]}" beside it, or take it out.`;
export const unitOfNoLabel = () =>
  '"power_unit" is the unit of a {power} label, and the pattern has none. For a column write its header with the unit, as in columns: { power: "power [dBm]" }.';
export const powerAveraging = () =>
  "A VNA that averages power sees part of the qubit's incoherent emission: this is not evaluated by this version. " +
  'Write "averaging: complex" if the trace was averaged before squaring, or "detector: power-meter" if the bandwidth is far above the linewidth.';
export const meterWithoutPhase = () => 'A power meter has no phase to average. Write "averaging: power", or "detector: vna".';
export const scatteringIsComplex = () =>
  'A scattering parameter is evaluated as a complex average. Power averages are "kind: total-power", or "kind: power" with "detector: power-meter".';
export const totalIsMeter = () =>
  'Total power is what a power meter shows. For a VNA write "kind: power" with "detector: vna", or "kind: scattering".';
export const excludeWhat = () => 'Say which file the exclusion is about: "file: cd07/q1_t1_007.csv" or "match: ...".';
export const notUtf8 = (byte: number) =>
  `The lab file is not UTF-8 text: here stands the byte 0x${byte.toString(16).padStart(2, "0")}. Save the file as UTF-8.`;
export const labUnreadable = (why: string) => `The lab file cannot be read: ${why}.`;
export const powerUnit = (unit: string) => `"${unit}" is not a unit of power. Write for example power_unit: dBm.`;
export const powerLabel = (text: string, path: string) =>
  `"${text}" in "${path}" is not a power. The pattern must cut out the number with its unit behind it, as in "{power}dBm", or state power_unit: dBm.`;

/** Of a thousand files' qubits nobody reads all names. */
const NAMED = 12;

export const missing = {
  who: (names: readonly string[]) =>
    names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more` : names.join(", "),
  labFile: () => "There is no gammawatt.yaml: only what the files themselves say is used. Draft one with: gammawatt init <folder>",
  attenuation: (who: string) =>
    `${who}: the attenuation of the drive line would unlock the power route (lines: ... attenuation: 72.3 ± 0.5 dB).`,
  prepared: (who: string) =>
    `${who}: how the levels behind p1_given_0 and p0_given_1 were made is taken to be heralded (readout: prepared: heralded, thermal or reset).`,
  gap: (who: string) =>
    `${who}: populations are taken as read at the moment the drive ends; a gap t before it makes the rate by power too high by t/T1 (readout: drive_to_readout: 40 ns).`,
  equilibrium: (who: string) =>
    `${who}: the temperature, or the equilibrium population, would turn 1/T1 into rates down and up (qubits: ... temperature: 52 ± 5 mK).`,
  position: (who: string) =>
    `${who}: the qubit's place would make its population a point of the map (qubits: ... position: [1.2 mm, 0.4 mm]).`,
  readout: (who: string) => `${who}: readout errors would turn p1 into a population (readout: p1_given_0, p0_given_1, prepared).`,
  frequency: (who: string) =>
    `${who}: the qubit frequency would give n_eq and T_eff, and the photon energy of the drive (qubits: ... frequency: 5.01 GHz).`,
  geometry: (who: string) =>
    `${who}: the port geometry is a factor of 2 in absorbed power (qubits: ... geometry: reflection, two-sided or hanger).`,
  attenuationAt: (who: string) =>
    `${who}: attenuation_at has no effect without the ripple: the attenuation is used at the qubit frequency as it stands (lines: ... ripple: 0.6 dB).`,
  origin: (who: string) =>
    `${who}: where the attenuation comes from decides whether the two routes are independent (lines: ... attenuation_from).`,
};

const meant = (near: string | undefined) => (near === undefined ? "" : ` Did you mean "${near}"?`);
const few = (names: readonly string[]) =>
  names
    .slice(0, 6)
    .map((n) => `"${n}"`)
    .join(", ") + (names.length > 6 ? `, ... (${names.length} in all)` : "");
/** What the lab file says of something that is not there. */
export const unused = {
  exclusionFile: (what: string, place: string, near: string | undefined) =>
    `The exclusion of "${what}" (${place}) takes nothing out: there is no such file.${meant(near)}`,
  exclusionUnread: (what: string, place: string) =>
    `The exclusion of "${what}" (${place}) takes nothing out: no dataset was read from what it names.`,
  exclusionTrace: (what: string, trace: string, place: string, known: readonly string[]) =>
    `The exclusion of trace "${trace}" of "${what}" (${place}) takes nothing out: the traces there are ${few(known)}.`,
  exclusionPoints: (what: string, points: readonly number[], place: string, rows: number) =>
    `The exclusion of "${what}" (${place}) names points that do not exist: ${points.join(", ")}. The longest trace there has ${rows} points, counted from 0.`,
  fileEntry: (match: string, place: string) => `The entry "${match}" of files: (${place}) matches no file.`,
  fileEntryTaken: (match: string, place: string) =>
    `The entry "${match}" of files: (${place}) has no effect: earlier entries match all of its files. Move it above them.`,
  qubit: (name: string, cooldown: string, place: string, near: string | undefined) =>
    `No dataset is of qubit "${name}"${cooldown === "" ? "" : ` in cooldown "${cooldown}"`}, of which gammawatt.yaml speaks (${place}).${meant(near)}`,
  cooldown: (name: string, place: string, near: string | undefined) =>
    `No dataset is of cooldown "${name}", of which gammawatt.yaml speaks (${place}).${meant(near)}`,
};

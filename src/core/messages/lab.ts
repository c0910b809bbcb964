/** Sentences about gammawatt.yaml. Each says what was expected and what to write. */

export const yamlSyntax = (why: string) =>
  `This is not valid YAML: ${why.replace(/\.$/, "")}. Check indentation, quotes and brackets on this line.`;
export const aliasNotAllowed = () => "References (*name) are not read here. Write the value out.";
export const notAMapping = () => 'A mapping was expected at the top of the file. Write for example "qubits:" on a line of its own.';
export const unknownKey = (key: string, nearest: string | undefined, known: readonly string[]) =>
  nearest
    ? `"${key}" is not a known key. Did you mean "${nearest}"? Known here: ${known.join(", ")}.`
    : `"${key}" is not a known key. Known here: ${known.join(", ")}.`;
export const expectedType = (expected: string, got: string) => `${expected} was expected, not ${got}.`;
export const bareNumber = (value: number, unit: string, example: string) =>
  `${value} has no unit; a quantity in ${unit} is expected. Write for example "${example}".`;
export const oneOf = (got: string, known: readonly string[], nearest: string | undefined) =>
  `"${got}" is not one of ${known.join(", ")}.${nearest ? ` Did you mean "${nearest}"?` : ""}`;
export const badPattern = (why: string) => why;
export const hiddenEntry = (match: string, by: string, line: number) =>
  `The entry "${match}" can never match: "${by}" on line ${line} matches first. Move it above, or make the earlier one narrower.`;
export const preparedMissing = () =>
  'How the levels behind p1_given_0 and p0_given_1 were made is missing. Write "prepared: heralded" (or thermal, reset).';
export const qubitOnTwoLines = (qubit: string, a: string, b: string) =>
  `Qubit "${qubit}" stands on the lines "${a}" and "${b}". Name it on the one that drives it.`;
export const twoReadoutErrors = () =>
  "The readout errors p1_given_0 and p0_given_1 add up to 1 or more: such a readout tells nothing. Check the two numbers.";
export const outOfRange = (what: string, range: string) => `${what} must be ${range}.`;
export const attenuationFile = () =>
  'Attenuation against frequency from a file is not evaluated by this version. Write the value at the qubit frequency: "attenuation: 72.3 ± 0.5 dB".';
export const excludeWhat = () => 'Say which file the exclusion is about: "file: cd07/q1_t1_007.csv" or "match: ...".';
export const notUtf8 = () => "The lab file is not UTF-8 text. Save it as UTF-8.";
export const labUnreadable = (why: string) => `The lab file cannot be read: ${why}.`;
export const powerUnit = (unit: string) => `"${unit}" is not a unit of power. Write for example power_unit: dBm.`;
export const powerLabel = (text: string, path: string) =>
  `"${text}" in "${path}" is not a power. The pattern must cut out the number with its unit behind it, as in "{power}dBm", or state power_unit: dBm.`;

export const missing = {
  labFile: () => "There is no gammawatt.yaml: only what the files themselves say is used. Draft one with: gammawatt init <folder>",
  attenuation: (who: string) =>
    `${who}: the attenuation of the drive line would unlock the power route (lines: ... attenuation: 72.3 ± 0.5 dB).`,
  readout: (who: string) => `${who}: readout errors would turn p1 into a population (readout: p1_given_0, p0_given_1, prepared).`,
  frequency: (who: string) =>
    `${who}: the qubit frequency would give n_eq and T_eff, and the photon energy of the drive (qubits: ... frequency: 5.01 GHz).`,
  geometry: (who: string) =>
    `${who}: the port geometry is a factor of 2 in absorbed power (qubits: ... geometry: reflection, two-sided or hanger).`,
  origin: (who: string) =>
    `${who}: where the attenuation comes from decides whether the two routes are independent (lines: ... attenuation_from).`,
};

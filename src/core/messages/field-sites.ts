/** Sentences about qubits with positions as places of a map. */

export const name = () => "qubits";
export const model = () =>
  "Qubits as places: u = hbar w (n - n_eq), R = the absorbed power; without exchange between them gamma0 = R/u is the qubit's own Gamma_1.";
export const withoutExchange = () => "R/u of one steady state, without exchange between the qubits.";
export const gamma2Open = () =>
  "One steady state of qubits tells gamma0 = R/u at each of them if nothing is exchanged between them, and gamma2 not at all. Drive each qubit alone and read all, or measure the decay after switching the drive off.";
export const noise = () => "shots of the population";
export const power = () => "absorbed power";
export const populationInTime = () =>
  "The population is given against time: what one qubit does after the drive is kind: decay (columns: { delay: .. }).";
export const noPosition = () => "The qubit's place is not stated. Write qubits: { q1: { position: [1.2 mm, 0.4 mm] } }.";
export const noFrequency = () =>
  "The qubit's frequency is not stated, and with it the energy of its excitation. Write frequency: 5.0123 GHz.";
export const noPower = () =>
  'The power that the qubit absorbs is not given. Add a table of qubit and power: kind: field-source, columns: { r_total: "power [aW]" }.';
export const noReadout = () =>
  "Readout errors would turn the read value into a population. Write readout: { p1_given_0: 0.012 ± 0.002, p0_given_1: 0.045 ± 0.004, prepared: heralded }.";
export const populations = (count: number) =>
  `The qubit has ${count} populations at different powers or frequencies; a place of a map has one. Give the others another kind.`;
export const notExcited = () => "The population is not above its equilibrium: the qubit stores nothing that R/u could be taken of.";
export const powerWithoutError = () =>
  "The absorbed power is taken as stated without an uncertainty: its error is not in gamma0. Write uncertainty: 10 % in the entry of its file.";

/** What the writers of network parameters (Touchstone, CITI) do not write. */

export const noColumn = (name: string) => `the dataset has no ${name}: a network needs the frequency and every S-parameter of its ports`;
export const matrixSize = (point: number, found: number, expected: number) =>
  `matrices[${point}] has ${found} elements, and a matrix of as many ports as references has ${expected}`;
export const noPoints = () => "there is no frequency to write: a file without records is not read back";
export const pointCount = (frequencies: number, matrices: number) => `${frequencies} frequencies do not go with ${matrices} matrices`;
export const frequencyOrder = (point: number) =>
  `frequency[${point}] is no number, or below the one before it: sort the points by frequency`;
export const notFinite = (place: string, format: string) =>
  `${place} cannot be written in the format ${format}: it is infinite there; write RI, or leave the point out`;
export const hybridPorts = (parameter: string) => `${parameter}-parameters are defined for two ports`;
export const badReferences = () => "references: a finite number of ohm above 0 for each port";
export const version2Only = (option: string) => `${option} exists in Touchstone 2 only: write version: "2.0"`;
export const notSymmetric = (point: number, half: string) =>
  `matrices[${point}] is not symmetric, so that ${half} would lose one half of it`;
export const noiseNeedsTwoPorts = () => "noise parameters are those of a two-port";
export const noiseFrequency = () =>
  'the first noise frequency lies above the last one of the network data: Touchstone 1.1 cannot tell it from those; write version: "2.0"';
export const badName = (what: string, name: string) =>
  `${what} "${name}" cannot be written: a name is not empty, on one line, and blanks only stand between the words of a DATA`;
export const valueCount = (name: string, found: number, expected: number) =>
  `DATA ${name} has ${found} values, and its VARs have ${expected} combinations`;

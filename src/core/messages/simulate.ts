/** Sentences of `gammawatt simulate`. */
export const simulateMessages = {
  unknownLab: (name: string, known: readonly string[]) => `There is no lab "${name}" to simulate; there are: ${known.join(", ")}.`,
  exists: (path: string) => `"${path}" stands already and is never overwritten. Give another folder: gammawatt simulate <out>`,
  cannotWrite: (path: string, why: string) =>
    `"${path}" cannot be written: ${why}. Give a folder that can be written: gammawatt simulate <out>`,
  notACount: (name: string, value: number) => `${name} must be a whole number from 1 up, not ${value}.`,
};

import type { CheckTable } from "./entry.ts";

/** Port geometries. */
export const PORT_CHECKS = {
  chain_no_sigma: {
    severity: "doubts",
    meaning: "The gain of the return chain, or a coupling rate, has no uncertainty: only the statistical part of the error is known.",
  },
  geometry_contradicted: {
    severity: "doubts",
    meaning: "The scattering cannot be that of the stated port geometry; a wrong one is a factor of 2.",
  },
  mismatch_fitted: {
    severity: "informs",
    meaning: "The circle of S21 is turned by a mismatch of the line, which was fitted and taken out.",
  },
  no_chain_gain: {
    severity: "refuses",
    meaning: "With separate ports there is no qubit-off value: the absolute gain of the chain has to be stated or measured.",
  },
  no_couplings: { severity: "refuses", meaning: "Geometry separate-ports needs the coupling rates of both ports." },
  off_resonance: { severity: "refuses", meaning: "A magnitude gives the work of the drive only exactly on resonance." },
  port_loss: {
    severity: "doubts",
    meaning: "The qubit-off column of a multiport does not carry the whole incident power: gains of the return chains are part of it.",
  },
  reference_unused: {
    severity: "informs",
    meaning: "A stated reference holds another port than the sweep and was not used.",
  },
  reflection_disagrees: {
    severity: "informs",
    meaning: "Reflection and transmission of a two-sided line show different waves from the qubit: the transmission alone is used.",
  },
  sign_undecided: {
    severity: "refuses",
    meaning: "The magnitude alone does not tell the sign of S11, on which the absorbed power depends.",
  },
} as const satisfies CheckTable;

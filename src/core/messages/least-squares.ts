/** Sentences of the minimiser and of what it finds undetermined. */

export const notASumOfSquares = (objective: number, half: number) =>
  `The objective (${objective}) is not half the sum of squared residuals (${half}): finite differences and robust losses of a likelihood would be wrong. Give an analytic Jacobian, or residuals whose squares sum to the objective.`;

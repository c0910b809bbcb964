/** A parameter as measurement software describes it: a name for programs, a label for people, a unit. */
export interface Parameter {
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  /** `numeric`, `array`, `complex` or `text`. */
  readonly type: string;
}

/** A parameter with its numbers, in the file's unit. */
export interface MeasuredParameter extends Parameter {
  readonly values: Float64Array;
}

/** A dependent parameter with the setpoints at which each of its values was taken, the outermost first. */
export interface SweptSignal extends MeasuredParameter {
  /** Present for complex parameters; `values` is then the real part. */
  readonly imaginary?: Float64Array;
  readonly setpoints: readonly MeasuredParameter[];
}

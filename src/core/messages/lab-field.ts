/** Sentences about what gammawatt.yaml says of maps: the block `field:` and its keys in `files:`. */

export const domain = () =>
  "The low and the high end of the line are expected, domain: [[0 mm, 5 mm]], or of both sides of the rectangle, domain: [[0 mm, 5 mm], [0 mm, 4 mm]].";
export const place = () => "One or two coordinates are expected: centre: [1.6 mm, 3 mm].";
export const free = () => "Each number that is fitted is named once: free: [centre, width, power].";
export const regions = () =>
  "The first region is the rest, and boxes are laid over it: regions: [{ name: substrate }, { name: metal, from: [0 mm, 0 mm], to: [2 mm, 5 mm] }].";
export const regionBox = (name: string) =>
  `The region "${name}" has one corner alone, or its corners in the wrong order. Write the lower left and the upper right one: { name: ${name}, from: [0 mm, 0 mm], to: [2 mm, 5 mm] }.`;
export const regionsWithout = (key: "gamma0" | "gamma2") =>
  `${key}: regions needs them described. Write regions: [{ name: substrate }, { name: metal, from: [0 mm, 0 mm], to: [2 mm, 5 mm] }].`;
export const robinIdle = () =>
  "robin: is the h of robin sides, and no side is one. Write beside it boundary: { top: robin } (left, right, bottom, top), or take it out.";
export const regionsIdle = () =>
  "Regions are described, and neither rate is asked for by region. Write beside them gamma0: regions or gamma2: regions, or take them out.";
export const spotsIdle = () => "Spots are described, and gamma0: is of another law. Write gamma0: spots, or take them out.";
export const halfPeriodic = (axis: "x" | "y") =>
  `periodic joins two sides: of ${axis === "x" ? "left and right" : "bottom and top"} both are, or none is. Write boundary: { ${axis === "x" ? "left: periodic, right: periodic" : "bottom: periodic, top: periodic"} }.`;
export const uncertaintyOfRelative = () =>
  "scale: relative means that the size of the source is not known at all; an uncertainty belongs to a known one. Take one of the two out.";

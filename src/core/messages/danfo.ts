import { clip } from "./importers.ts";

/** Sentences about handing tables to danfojs-node. */
export const danfoMessages = {
  absent: () =>
    'danfojs-node is not installed; gammawatt needs it for toDanfo alone (335 MB). In your package.json write "overrides": { "xlsx": "npm:@e965/xlsx@0.20.3", "@tensorflow/tfjs-node": "npm:@tensorflow/tfjs@4.22.0" }, without which it does not install everywhere, and type: npm install danfojs-node@1.2.0',
  broken: (cause: string) =>
    `danfojs-node is installed but cannot be loaded (${clip(cause, 200)}). Install it again with the two overrides that stand in the README, "Taking data out".`,
  unsafeInteger: (column: string, value: string) =>
    `Column "${clip(column)}" holds the integer ${value}, which a JavaScript number cannot hold exactly, and a danfo DataFrame has no others. Leave the column out: table.select([...])`,
  otherType: (column: string, type: string) =>
    `Column "${clip(column)}" holds ${clip(type)}, which a danfo DataFrame does not. Leave it out: table.select([...])`,
  ownMember: (column: string) =>
    `A danfo DataFrame has a member "${clip(column)}" of its own, which a column of this name would replace. Rename the column first.`,
} as const;

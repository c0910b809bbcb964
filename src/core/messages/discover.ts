/** Sentences about what stands in a scanned folder and cannot be read. */

export const unreadable = (why: string) => `It cannot be read: ${why}. Check its permissions.`;
export const brokenLink = () => "A link that leads nowhere. Remove it, or restore what it points to.";
export const notAFile = () =>
  "Neither a file nor a folder (a pipe, a socket, a device): it is left alone. Move it out of the measurement folder.";

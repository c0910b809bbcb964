/** Sentences about what stands in a scanned folder and cannot be read. */

export const unreadable = (why: string) => `It cannot be read: ${why}. Check its permissions.`;
export const brokenLink = () => "A link that leads nowhere. Remove it, or restore what it points to.";
export const linkAbove = (target: string) =>
  `A link to "${target}", which holds the measurement folder itself: it is not followed. Remove it, or link to the folder that is meant.`;
export const notAFile = () =>
  "Neither a file nor a folder (a pipe, a socket, a device): it is left alone. Move it out of the measurement folder.";
export const nameNotUtf8 = () => "Its name is not UTF-8, so that it cannot be opened. Rename it.";
export const folderUnreadable = (folder: string, why: string) => `The folder "${folder}" cannot be read: ${why}.`;
export const badOnly = (why: string) => `--only: ${why}`;
export const folderLikeFile = () =>
  "A folder with the name of a measurement file. What is in it is read file by file; rename the folder, or put the file back that should stand here.";

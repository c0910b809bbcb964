/**
 * Imported before the library in its thread: on damaged files it writes warnings to the console, where only the command line may write.
 * What they say also comes back as an error.
 */
console.error = () => undefined;
console.warn = () => undefined;

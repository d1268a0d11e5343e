// CSI, OSC with its text, other escapes, and the controls that a terminal would swallow.
const escapes =
  /[\x1b\x9b]\[?[0-?]*[ -/]*[@-~]|\x1b[PX^_][^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;
const oscs = /(?:\x1b\]|\x9d)[^\x07\x1b\x9c\n]*(?:\x07|\x1b\\|\x9c)?/g;

/** What a person sees of terminal output: colours and titles gone, tabs and line ends kept. */
export function toPlainText(text: string): string {
  return text.replace(oscs, '').replace(escapes, '');
}

// C0 and C1 controls but tab and newline: a line editor acts on them instead of showing them (\x01 goes to the start of
// the line, \x15 deletes it). The bidirectional controls make text read in another order than it runs.
const hidden = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** The text has parts that a person cannot see: it must not be run on the strength of having been read. */
export function hasHiddenText(text: string): boolean {
  return hidden.test(text);
}

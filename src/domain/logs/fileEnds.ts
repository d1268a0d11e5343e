import type { RawLine } from './model.ts';

/** `{"log":"…\n","stream":"stdout","time":"2026-11-22T04:41:00.123456789Z"}` and its newline, without the text. */
const wrapBytes = 71;
const fractionDigits = 9;
/** A guess that proves wrong costs a question to the engine; the newest ones are the likeliest. */
const maxGuesses = 3;
const nearShare = 0.1;
const escapes = escapeBytes();

/**
 * Reckons where the files end that an engine rotates a log by: with the line that fills a file to its size. A follower
 * that leaps lands at the beginning of a file, so from there on the bytes are counted. Not every leap is one: several
 * beginnings are held possible at a time. Docker's json-file is counted exactly, other formats by and large.
 */
export class FileEnds {
  private readonly fileBytes: number;
  /** Bytes since each supposed beginning. */
  private guesses: number[] = [0];

  /** By one of the guesses the last line filled its file. */
  isPast = false;

  constructor(fileBytes: number) {
    this.fileBytes = fileBytes;
  }

  /** By one of the guesses the file is nearly full: what is not read of it is little. */
  isNear(): boolean {
    return this.isPast || this.guesses.some(bytes => this.isAlmostAll(bytes));
  }

  /** Call with each new line; `isAfterLoss` when it may be the first that was read of a file. */
  note(line: Readonly<RawLine>, isAfterLoss: boolean): void {
    this.isPast = false;
    // The end that was near is behind it now.
    if (isAfterLoss)
      this.guesses = [...this.guesses.filter(all => all > 0 && !this.isAlmostAll(all)), 0].slice(-maxGuesses);
    const bytes = bytesInFile(line);
    for (let i = 0; i < this.guesses.length; i++) {
      const all = (this.guesses[i] ?? 0) + bytes;
      if (all >= this.fileBytes) this.isPast = true;
      this.guesses[i] = all >= this.fileBytes ? 0 : all;
    }
  }

  private isAlmostAll(bytes: number): boolean {
    return bytes >= (1 - nearShare) * this.fileBytes;
  }
}

function bytesInFile({ bytes, start, end, nanos }: Readonly<RawLine>): number {
  let sum = wrapBytes + end - start - trailingZeros(nanos);
  for (let at = start; at < end; at++) sum += escapes[bytes[at] ?? 0] ?? 0;
  return sum;
}

/** The engine writes no zeros at the end of a time. */
function trailingZeros(nanos: number): number {
  if (nanos === 0) return fractionDigits + 1;
  let zeros = 0;
  for (let rest = nanos; rest % 10 === 0; rest /= 10) zeros++;
  return zeros;
}

/** What JSON as Go writes it adds to a byte: `\n`, `\"`, `\u003c`. */
function escapeBytes(): Uint8Array {
  const added = new Uint8Array(256).fill(5, 0, 32);
  for (const char of '"\\\n\r\t') added[char.charCodeAt(0)] = 1;
  for (const char of '<>&') added[char.charCodeAt(0)] = 5;
  return added;
}

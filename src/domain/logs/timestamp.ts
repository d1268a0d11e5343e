const zero = 48;

/** Parses the engine's `2026-11-21T10:00:00.123456789Z` without making strings; keeps the last day it saw. */
export class TimestampParser {
  seconds = 0;
  nanos = 0;
  private day = -1;
  private daySeconds = 0;

  /** True, and `seconds` and `nanos` are set, when bytes `start` to `end` are exactly one timestamp. */
  parse(bytes: Uint8Array, start: number, end: number): boolean {
    if (end - start < 20 || !hasShape(bytes, start)) return false;
    const day =
      number(bytes, start, 4) * 10_000 + number(bytes, start + 5, 2) * 100 + number(bytes, start + 8, 2);
    const hour = number(bytes, start + 11, 2);
    const minute = number(bytes, start + 14, 2);
    const second = number(bytes, start + 17, 2);
    if (!(isDay(day) && hour < 24 && minute < 60 && second <= 60)) return false;
    let at = start + 19;
    let nanos = 0;
    if (bytes[at] === 46) {
      let scale = 1_000_000_000;
      for (at++; at < end && isDigit(bytes[at]); at++) {
        scale /= 10;
        if (scale >= 1) nanos += ((bytes[at] ?? 0) - zero) * scale;
      }
    }
    const offset = offsetSeconds(bytes, at, end);
    if (offset === undefined) return false;
    this.seconds = this.midnight(day) + hour * 3600 + minute * 60 + second - offset;
    this.nanos = nanos;
    return true;
  }

  private midnight(day: number): number {
    if (day !== this.day) {
      this.day = day;
      this.daySeconds =
        Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100) / 1000;
    }
    return this.daySeconds;
  }
}

function isDay(day: number): boolean {
  const month = Math.floor(day / 100) % 100;
  return month >= 1 && month <= 12 && day % 100 >= 1 && day % 100 <= 31;
}

function hasShape(bytes: Uint8Array, at: number): boolean {
  return (
    bytes[at + 4] === 45 &&
    bytes[at + 7] === 45 &&
    bytes[at + 10] === 84 &&
    bytes[at + 13] === 58 &&
    bytes[at + 16] === 58
  );
}

/** Docker writes `Z`; Podman writes the host's offset, `+02:00`. */
function offsetSeconds(bytes: Uint8Array, at: number, end: number): number | undefined {
  const sign = bytes[at];
  if (sign === 90) return at + 1 === end ? 0 : undefined;
  if ((sign !== 43 && sign !== 45) || end - at !== 6) return undefined;
  const seconds = number(bytes, at + 1, 2) * 3600 + number(bytes, at + 4, 2) * 60;
  return Number.isNaN(seconds) ? undefined : sign === 43 ? seconds : -seconds;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= zero && byte <= 57;
}

function number(bytes: Uint8Array, start: number, digits: number): number {
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const byte = bytes[start + i];
    if (!isDigit(byte)) return Number.NaN;
    value = value * 10 + (byte ?? 0) - zero;
  }
  return value;
}

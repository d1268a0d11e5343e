/** Takes payload bytes; `isStart` marks the first bytes of a frame. The bytes are valid during the call only. */
export type PayloadSink = (
  stream: number,
  bytes: Uint8Array,
  start: number,
  end: number,
  isStart: boolean,
) => void;

/**
 * Takes the engine's stream apart: an 8-byte header (stream, three zero bytes, length in big-endian order) and then
 * so many bytes. One pass, nothing copied and nothing kept but a cut header, whatever lengths the headers claim.
 * dockerode's own demultiplexer copies the rest of the chunk for every frame and recurses.
 */
export class FrameReader {
  private readonly sink: PayloadSink;
  private readonly header = new Uint8Array(8);
  private headerLength = 0;
  private left = 0;
  private stream = 0;
  private isStart = false;

  constructor(sink: PayloadSink) {
    this.sink = sink;
  }

  push(chunk: Uint8Array): void {
    const length = chunk.length;
    let at = 0;
    while (at < length) {
      if (this.left > 0) {
        const end = Math.min(length, at + this.left);
        this.left -= end - at;
        this.sink(this.stream, chunk, at, end, this.isStart);
        this.isStart = false;
        at = end;
      } else if (this.headerLength === 0 && length - at >= 8) {
        this.open(chunk, at);
        at += 8;
      } else {
        this.header[this.headerLength++] = chunk[at++] ?? 0;
        if (this.headerLength === 8) {
          this.open(this.header, 0);
          this.headerLength = 0;
        }
      }
    }
  }

  private open(bytes: Uint8Array, at: number): void {
    // Stream 0 (stdin) and 3 (the engine's own errors) are shown, too: as stdout and stderr.
    this.stream = (bytes[at] ?? 0) >= 2 ? 1 : 0;
    this.left =
      (bytes[at + 4] ?? 0) * 0x1000000 +
      (((bytes[at + 5] ?? 0) << 16) | ((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0));
    this.isStart = true;
  }
}

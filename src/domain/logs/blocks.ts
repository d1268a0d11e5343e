const blockBytes = 256 * 1024;

interface Block {
  readonly start: number;
  readonly bytes: Uint8Array;
  used: number;
  /** The block as text, made when it is first read; undefined until then, false when it is not plain ASCII. */
  text: string | false | undefined;
}

/**
 * Bytes of lines, appended to blocks that are let go of from the old end. A position counts every byte ever appended,
 * so that it stays true whatever is dropped. No line stands across two blocks.
 */
export class ByteBlocks {
  private blocks: Block[] = [];
  private first = 0;
  private next = 0;
  private held = 0;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });

  get heldBytes(): number {
    return this.held;
  }

  /** Copies the bytes and returns their position. */
  append(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start;
    let block = this.blocks[this.blocks.length - 1];
    if (block === undefined || block.bytes.length - block.used < length) {
      block = {
        start: this.next,
        bytes: new Uint8Array(Math.max(blockBytes, length)),
        used: 0,
        text: undefined,
      };
      this.blocks.push(block);
      this.held += block.bytes.length;
    }
    const position = block.start + block.used;
    const target = block.bytes;
    if (length < 48) for (let i = 0; i < length; i++) target[block.used + i] = bytes[start + i] ?? 0;
    else target.set(bytes.subarray(start, end), block.used);
    block.used += length;
    this.next = position + length;
    return position;
  }

  /** Lets go of whole blocks before the position. */
  dropBefore(position: number): void {
    while (this.first < this.blocks.length - 1) {
      const block = this.blocks[this.first];
      if (block === undefined || block.start + block.used > position) break;
      this.held -= block.bytes.length;
      this.first++;
    }
    if (this.first > 64 || this.first * 2 > this.blocks.length) {
      this.blocks = this.blocks.slice(this.first);
      this.first = 0;
    }
  }

  /** Bytes that are not UTF-8 become U+FFFD. */
  text(position: number, length: number): string {
    if (length === 0) return '';
    const block = this.find(position);
    if (block === undefined) return '';
    const at = position - block.start;
    return this.decoder.decode(block.bytes.subarray(at, at + length));
  }

  /**
   * As `text`, for reading many lines in order: an ASCII block is decoded once and cut. Costs as much memory again
   * until `forgetTexts`.
   */
  sequentialText(position: number, length: number): string {
    if (length === 0) return '';
    const block = this.find(position);
    if (block === undefined) return '';
    const at = position - block.start;
    if (block.text === undefined || (block.text !== false && block.text.length < at + length)) {
      const text = this.decoder.decode(block.bytes.subarray(0, block.used));
      block.text = text.length === block.used ? text : false;
    }
    if (block.text === false) return this.decoder.decode(block.bytes.subarray(at, at + length));
    return block.text.slice(at, at + length);
  }

  forgetTexts(): void {
    for (const block of this.blocks) block.text = undefined;
  }

  private find(position: number): Block | undefined {
    let low = this.first;
    let high = this.blocks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.blocks[middle]?.start ?? 0) <= position) low = middle;
      else high = middle - 1;
    }
    const block = this.blocks[low];
    return block !== undefined && position >= block.start ? block : undefined;
  }
}

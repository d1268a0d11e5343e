/** Cuts a byte stream into lines; bytes of one character may come in two chunks. */
export class LineCutter {
  private readonly decoder = new TextDecoder();
  private rest = '';

  push(chunk: Uint8Array): readonly string[] {
    const parts = (this.rest + this.decoder.decode(chunk, { stream: true })).split('\n');
    this.rest = parts.pop() ?? '';
    return parts.filter(line => line.trim() !== '');
  }
}

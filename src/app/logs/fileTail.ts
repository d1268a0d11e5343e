import { Backoff } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { sleep } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { errorText } from '../../base/errors.ts';
import { LineAssembler } from '../../domain/logs/lines.ts';
import type { LogFiles } from '../../ports.ts';
import type { TailFeed } from './tailFeed.ts';

export interface FileTailOptions {
  readonly files: LogFiles;
  readonly clock: Clock;
  readonly random: () => number;
  readonly path: string;
  readonly feed: TailFeed;
}

/** How much of the end of a file is read at first. */
const firstBytes = 4 * 1024 * 1024;

/** Follows a plain file. Its lines carry the time of their arrival, since the file has none that can be relied on. */
export class FileTail implements Disposable {
  private readonly options: FileTailOptions;
  private readonly life = new AbortController();
  private assembler: LineAssembler;

  constructor(options: FileTailOptions) {
    this.options = options;
    this.assembler = this.newAssembler();
    void this.live();
  }

  dispose(): void {
    this.life.abort();
  }

  private async live(): Promise<void> {
    const { files, clock, feed, path, random } = this.options;
    const backoff = new Backoff(500, 15_000, random);
    let lastBytes = firstBytes;
    while (!this.life.signal.aborted) {
      try {
        feed.setState({ kind: 'following' });
        await files.follow(
          path,
          { lastBytes },
          {
            chunk: bytes => {
              backoff.reset();
              // A file that appears again was written while nobody looked: all of it is new.
              lastBytes = Number.POSITIVE_INFINITY;
              this.push(bytes);
            },
            rotated: how => this.rotated(how),
          },
          this.life.signal,
        );
      } catch (error) {
        feed.setState({ kind: 'waiting', reason: errorText(error) });
      }
      await sleep(clock, backoff.nextMs(), this.life.signal);
    }
  }

  private push(bytes: Uint8Array): void {
    const nowMs = this.options.clock.nowMs();
    this.assembler.setArrival(Math.floor(nowMs / 1000), (nowMs % 1000) * 1e6);
    this.assembler.push(0, bytes, 0, bytes.length, false);
  }

  private rotated(how: 'replaced' | 'truncated'): void {
    this.assembler.finish();
    this.assembler = this.newAssembler();
    this.options.feed.boundary({ kind: 'rotated', atMs: this.options.clock.nowMs(), detail: how });
  }

  private newAssembler(): LineAssembler {
    return new LineAssembler({ kind: 'plain' }, line => this.options.feed.append(line));
  }
}

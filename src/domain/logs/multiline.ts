import type { LogLevel } from './model.ts';

/** A line that far after the one before it begins something new, whatever its shape. */
const maxPauseMs = 1000;

const javaTail = /^(?:Caused by: |Suppressed: |\.\.\. \d+ (?:more|common frames))/;
const pythonHead = /^Traceback \(most recent call last\):/;
const pythonChain = /^(?:During handling of the above exception|The above exception was the direct cause)/;
const pythonEnd =
  /^(?:[\w.]+(?:Error|Exception|Warning|Interrupt|Exit|Iteration|Fault|Timeout)|[\w.]+\.\w+)(?::|$)/;
const goHead = /^(?:panic: |fatal error: |goroutine \d+ \[)/;
const goBody =
  /^(?:goroutine \d+ \[|created by |exit status \d|\[signal |[\w./*()\-[\]{}·]+\(.*\)$|r\w+ +0x)/;
const closing = /^[}\])]+[;,]?$/;

type Shape = 'none' | 'indented' | 'python' | 'pythonEnd' | 'go';

/**
 * Tells which lines continue the event before them, by their shape; one per source and stream. It only says so: no
 * line is dropped, changed or given another level, and a line that names a level of its own is never a continuation.
 */
export class EventFolder {
  private shape: Shape = 'none';
  private lastMs = Number.NEGATIVE_INFINITY;
  private hasHead = false;
  private isErrorHead = false;

  /** Lines must come in the order of their stream. */
  isContinuation(text: string, level: LogLevel, timeMs: number): boolean {
    const isSoon = timeMs - this.lastMs <= maxPauseMs;
    this.lastMs = timeMs;
    const next = this.hasHead && isSoon ? this.continued(text, level) : undefined;
    if (next !== undefined) {
      this.shape = next;
      return true;
    }
    this.hasHead = true;
    this.isErrorHead = level === 'error' || level === 'fatal';
    this.shape = pythonHead.test(text) ? 'python' : goHead.test(text) ? 'go' : 'none';
    return false;
  }

  /** The shape after the line when it continues the event, undefined when it starts one. */
  private continued(text: string, level: LogLevel): Shape | undefined {
    const shape = this.shape;
    if (shape === 'go' && (text === '' || /^\s/.test(text) || goBody.test(text))) return 'go';
    if (shape === 'python' && pythonEnd.test(text)) return 'pythonEnd';
    if (shape === 'python' && /^\s/.test(text)) return 'python';
    if (shape === 'pythonEnd' && (text === '' || pythonChain.test(text))) return 'pythonEnd';
    if (pythonHead.test(text)) return shape === 'pythonEnd' || this.isErrorHead ? 'python' : undefined;
    if (javaTail.test(text)) return 'indented';
    if (this.isErrorHead && goHead.test(text)) return 'go';
    if (level !== 'unknown') return undefined;
    if (/^\s+\S/.test(text)) return shape === 'none' ? 'indented' : shape;
    return shape === 'indented' && closing.test(text) ? 'indented' : undefined;
  }
}

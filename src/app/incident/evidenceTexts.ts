import type { Clock } from '../../base/clock.ts';
import type { Disposable } from '../../base/disposables.ts';
import { errorText } from '../../base/errors.ts';
import { withoutTextInLine } from '../../domain/incident/removal.ts';
import type { JournalStore, Log, Sha256 } from '../../ports.ts';

const retryMs = 5_000;
/** Beyond this much waiting text the disk's refusal is told to whoever asks. */
const maxWaitingChars = 16 * 1024 * 1024;

export interface EvidenceTextsTools {
  readonly clock: Clock;
  readonly redact: (text: string) => string;
  readonly sha256: Sha256;
  readonly log: Log;
}

interface Waiting {
  readonly incidentId: string;
  readonly text: string;
}

/** Long texts of incidents, redacted, as blobs beside the journal. What the disk refuses waits here and is tried again. */
export class EvidenceTexts implements Disposable {
  private readonly store: JournalStore;
  private readonly tools: EvidenceTextsTools;
  /** By incident and hash. */
  private readonly waiting = new Map<string, Waiting>();
  private retry: Disposable | undefined;

  constructor(store: JournalStore, tools: EvidenceTextsTools) {
    this.store = store;
    this.tools = tools;
  }

  /** The hash that names the text. */
  async put(incidentId: string, given: string): Promise<string> {
    const text = this.tools.redact(given);
    try {
      return await this.store.putBlob(incidentId, new TextEncoder().encode(text));
    } catch (error) {
      const waiting = [...this.waiting.values()].reduce((sum, { text: other }) => sum + other.length, 0);
      if (waiting + text.length > maxWaitingChars) throw error;
      this.tools.log.warn(
        `Evidence of ${incidentId} could not be saved and is kept in memory: ${errorText(error)}`,
      );
      const name = this.tools.sha256(text);
      this.waiting.set(keyOf(incidentId, name), { incidentId, text });
      this.plan();
      return name;
    }
  }

  async get(incidentId: string, sha256: string): Promise<string | undefined> {
    const waiting = this.waiting.get(keyOf(incidentId, sha256));
    if (waiting !== undefined) return waiting.text;
    const bytes = await this.store.readBlob(incidentId, sha256);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  }

  /** For good, and its beginning out of the journal; a text that is not there is none to delete. */
  async delete(incidentId: string, sha256: string, isInJournal: boolean): Promise<void> {
    this.waiting.delete(keyOf(incidentId, sha256));
    try {
      await this.store.deleteBlob(incidentId, sha256);
      if (isInJournal)
        await this.store.rewrite(incidentId, line => withoutTextInLine(line, sha256, this.tools.sha256));
    } catch (error) {
      this.tools.log.error(`Evidence ${sha256.slice(0, 8)} of ${incidentId} could not be deleted`, error);
    }
  }

  dispose(): void {
    this.retry?.dispose();
  }

  private plan(): void {
    this.retry?.dispose();
    this.retry = this.tools.clock.after(retryMs, () => void this.save());
  }

  private async save(): Promise<void> {
    for (const [key, { incidentId, text }] of [...this.waiting]) {
      try {
        await this.store.putBlob(incidentId, new TextEncoder().encode(text));
        this.waiting.delete(key);
      } catch {
        // Told once when it first failed; the journal's own warning stands meanwhile.
        this.plan();
        return;
      }
    }
  }
}

function keyOf(incidentId: string, sha256: string): string {
  return `${incidentId}/${sha256}`;
}

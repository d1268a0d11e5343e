/** A number in [0, 1), as good as the caller's source. */
export type Random = () => number;

const crockford = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * `inc-YYYYMMDD-xxxx`: at once a file name, a hashtag, a label and a path on every system, made without a server.
 * The day is UTC; `isKnown` rejects collisions.
 */
export function newIncidentId(nowMs: number, random: Random, isKnown: (id: string) => boolean): string {
  const day = new Date(nowMs).toISOString().slice(0, 10).replaceAll('-', '');
  for (let length = 4; ; length++) {
    // A million a day: a second try is rare, and after many the id grows instead of looping for ever.
    for (let attempt = 0; attempt < 32; attempt++) {
      const id = `inc-${day}-${randomText(length, random)}`;
      if (!isKnown(id)) return id;
    }
  }
}

export function isIncidentId(text: string): boolean {
  return /^inc-\d{8}-[0-9a-z]{4,16}$/.test(text);
}

/** 26 characters that sort by time of birth; one per activation, so that no two processes share a file. */
export function newWriterId(nowMs: number, random: Random): string {
  let time = '';
  for (let rest = Math.floor(nowMs), i = 0; i < 10; i++, rest = Math.floor(rest / 32))
    time = (crockford[rest % 32] ?? '0') + time;
  return (time + randomText(16, random)).toUpperCase();
}

function randomText(length: number, random: Random): string {
  let text = '';
  for (let i = 0; i < length; i++) text += crockford[Math.floor(random() * 32)] ?? '0';
  return text;
}

/** Actor of what no person did. */
export const machineActorId = 'watchkeeper';

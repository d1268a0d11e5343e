import type { NewEvent } from '../../domain/incident/events.ts';

/** Longer texts belong into a blob; what stays in the line is its beginning. */
const maxTextLength = 8_000;

/** The event with every text in it redacted and bounded. A policy is redacted but never cut: reviews need it whole. */
export function cleanEvent(event: NewEvent, redact: (text: string) => string): NewEvent {
  const clean = (text: string) => {
    const redacted = redact(text);
    return event.t === 'incident.declared' ? redacted : cut(redacted);
  };
  return { ...event, b: mapTexts(event.b, clean) } as NewEvent;
}

function cut(text: string): string {
  if (text.length <= maxTextLength) return text;
  return `${text.slice(0, maxTextLength)}… (${text.length - maxTextLength} more characters)`;
}

function mapTexts(value: unknown, clean: (text: string) => string): unknown {
  if (typeof value === 'string') return clean(value);
  if (Array.isArray(value)) return value.map(item => mapTexts(item, clean));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [clean(name), mapTexts(item, clean)]),
  );
}

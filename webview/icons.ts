import type { EntryKind } from '../src/domain/incident/model.ts';
import { svg } from './dom.ts';

export type IconName = EntryKind | 'star' | 'starFull' | 'link' | 'close';

interface Shape {
  readonly d: string;
  readonly isFilled?: boolean;
}

/** Drawn on a 16 × 16 grid; outlines are 1.3 wide and take the colour of the text around them. */
const shapes: Readonly<Record<IconName, Shape>> = {
  incident: { d: 'M4 14V2.5M4 3h8l-2 3 2 3H4' },
  health: { d: 'M8 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8z', isFilled: true },
  alert: { d: 'M8 2.5 14.5 13.5h-13z', isFilled: true },
  container: { d: 'M8 1.8 13.6 5v6L8 14.2 2.4 11V5zM2.4 5 8 8.2 13.6 5M8 8.2v6' },
  step: { d: 'M5 3l5 5-5 5' },
  log: { d: 'M2.5 4h11M2.5 8h11M2.5 12h7' },
  note: { d: 'M3 13l.6-2.9L10.8 2.9l2.3 2.3-7.2 7.2zM9.4 4.3l2.3 2.3' },
  hypothesis: {
    d: 'M8 1.8a4.2 4.2 0 0 0-2.4 7.6c.5.4.7.9.7 1.4h3.4c0-.5.2-1 .7-1.4A4.2 4.2 0 0 0 8 1.8zM6.5 13h3M7.2 14.6h1.6',
  },
  question: { d: 'M5.6 5.6a2.4 2.4 0 1 1 3.5 2.2c-.8.4-1.1.9-1.1 1.7M8 12.2v.6' },
  action: { d: 'M3 3h10v10H3zM5.5 8l2 2 3.4-4' },
  check: { d: 'M2.8 8.4 6.2 12l7-8' },
  message: { d: 'M2 3h12v8H7.5L4.5 14v-3H2z' },
  deploy: { d: 'M8 1.8v3.7M8 10.5v3.7M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z' },
  file: { d: 'M4 1.8h5L12.5 5v9.2H4zM9 1.8V5h3.5' },
  evidence: { d: 'M5 7.5 9.2 3.3a2.2 2.2 0 0 1 3.1 3.1L7 11.7a3.6 3.6 0 0 1-5-5L6.4 2.3' },
  report: { d: 'M3.5 1.8h9v12.4h-9zM5.8 5h4.4M5.8 8h4.4M5.8 11h2.6' },
  unknown: { d: 'M8 3a5 5 0 1 0 0 10A5 5 0 0 0 8 3zM8 7.6v.8' },
  star: { d: 'M8 1.9l1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6z' },
  starFull: { d: 'M8 1.9l1.9 3.9 4.2.6-3 3 .7 4.2L8 11.6l-3.8 2 .7-4.2-3-3 4.2-.6z', isFilled: true },
  link: { d: 'M9 2.5h4.5V7M13.2 2.8 7.5 8.5M11.5 9v4.5h-9v-9H7' },
  close: { d: 'M4 4l8 8M12 4l-8 8' },
};

const prototypes = new Map<IconName, SVGSVGElement>();

/** Silent for screen readers: what it means is said by the row's label. Cloned, which is cheaper than building. */
export function icon(name: IconName): SVGSVGElement {
  let prototype = prototypes.get(name);
  if (!prototype) {
    const { d, isFilled } = shapes[name];
    const paint = isFilled ? { fill: 'currentColor' } : { fill: 'none', stroke: 'currentColor' };
    const path = svg('path', {
      d,
      ...paint,
      'stroke-width': 1.3,
      'stroke-linejoin': 'round',
      'stroke-linecap': 'round',
    });
    prototype = svg(
      'svg',
      { viewBox: '0 0 16 16', width: 16, height: 16, class: 'icon', 'aria-hidden': 'true' },
      path,
    );
    prototypes.set(name, prototype);
  }
  return prototype.cloneNode(true) as SVGSVGElement;
}

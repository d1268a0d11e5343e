export interface PointerActions {
  /** `factor` < 1 goes closer; `x` is where the pointer is. */
  zoom(factor: number, x: number): void;
  pan(px: number): void;
  select(fromX: number, untilX: number): void;
  click(x: number, target: Element): void;
  hover(x: number | undefined): void;
}

const dragFromPx = 4;

/** Wheel zooms, sideways or Shift+wheel moves, a drag selects, a click is a click. */
export function listenToPointer(plot: HTMLElement, actions: PointerActions): void {
  const xOf = (event: MouseEvent) => event.clientX - plot.getBoundingClientRect().left;
  let startX: number | undefined;
  let isDragging = false;
  plot.addEventListener(
    'wheel',
    event => {
      const isScrollable =
        plot.parentElement !== null && plot.parentElement.scrollHeight > plot.parentElement.clientHeight + 1;
      const isSideways = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY);
      if (isScrollable && !event.ctrlKey && !isSideways) return;
      event.preventDefault();
      if (isSideways) actions.pan(event.deltaX || event.deltaY);
      else actions.zoom(1.0015 ** event.deltaY, xOf(event));
    },
    { passive: false },
  );
  plot.addEventListener('pointerdown', event => {
    if (event.button !== 0) return;
    startX = xOf(event);
    isDragging = false;
  });
  plot.addEventListener('pointermove', event => {
    const x = xOf(event);
    if (startX !== undefined && !isDragging && Math.abs(x - startX) >= dragFromPx) {
      isDragging = true;
      // Only now: captured from the start, a plain click would no longer name the mark it hit.
      plot.setPointerCapture(event.pointerId);
    }
    if (isDragging && startX !== undefined) actions.select(startX, x);
    actions.hover(x);
  });
  plot.addEventListener('pointerup', event => {
    if (startX !== undefined && !isDragging && event.target instanceof Element)
      actions.click(xOf(event), event.target);
    startX = undefined;
    isDragging = false;
  });
  plot.addEventListener('pointercancel', () => {
    startX = undefined;
    isDragging = false;
  });
  plot.addEventListener('pointerleave', () => {
    if (!isDragging) actions.hover(undefined);
  });
}

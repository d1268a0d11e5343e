/** Without a leading “Runbook:”, which says nothing where everything is one, and hides what comes after it. */
export function shortTitle({ title }: { readonly title: string }): string {
  return title.replace(/^runbook\s*[:–—-]\s*/i, '');
}

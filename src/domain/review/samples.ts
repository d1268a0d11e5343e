/** The placeholder that stands for a section's sample items: the heading's own words. */
export function sampleName(section: string): string {
  const name = section.replace(/[{}]/g, '').trim();
  return `{${/^\p{L}/u.test(name) ? name : 'Details'}}`;
}

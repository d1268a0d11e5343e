export type ReadSecret = (name: string) => Promise<string | undefined>;

export class SecretMissing extends Error {
  constructor(name: string) {
    super(`the secret "${name}" is not set`);
    this.name = 'SecretMissing';
  }
}

/** Replaces each `secret:NAME` (also `${secret:NAME}`). Throws `SecretMissing`. */
export async function fillSecrets(text: string, read: ReadSecret): Promise<string> {
  let filled = text;
  for (const [whole, bracketed, plain] of text.matchAll(/\$\{secret:([\w.-]+)\}|\bsecret:([\w.-]+)/g)) {
    const name = bracketed ?? plain ?? '';
    const value = await read(name);
    if (value === undefined) throw new SecretMissing(name);
    filled = filled.replace(whole, () => value);
  }
  return filled;
}

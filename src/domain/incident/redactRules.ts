/** One shape of a secret. Group 1 stays, group 2 is the secret. */
export interface RedactRule {
  readonly kind: string;
  /** Lower-case texts of which the line must hold one: spares most lines the expression. */
  readonly needs: readonly string[];
  readonly pattern: RegExp;
  /** Tells whether what matched is a secret; default: anything that is not a placeholder. */
  readonly isSecret?: (secret: string, before: string) => boolean;
}

// Every quantifier is bounded: hostile lines must cost no more than long ones.
const secretName =
  '(?:passw(?:or)?d|passphrase|pwd|secret|api[_-]?key|routing[_-]?key|access[_-]?key|private[_-]?key|account[_-]?key' +
  '|auth[_-]?token|token|credentials?|dsn|connection[_-]?string|rediscli_auth|_auth)';
const nameRest = '[A-Za-z0-9_.-]{0,32}';
const nameNeeds = ['pass', 'pwd', 'secret', 'key', 'token', 'credential', 'dsn', 'connection', 'auth'];

/** In this order: what a wider rule would only half cover comes first. */
export const redactRules: readonly RedactRule[] = [
  {
    kind: 'password',
    needs: ['://'],
    pattern: /([a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/?#'"]{0,128}:)([^\s/'"<>]{1,256})(?=@)/gi,
  },
  {
    kind: 'authorization',
    needs: ['authorization'],
    pattern:
      /(authorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?(?:bearer|basic|token|digest|apikey|negotiate)\s{1,4})([^\s"',;\\]{3,8192})/gi,
  },
  {
    kind: 'authorization',
    needs: ['authorization'],
    pattern: /(authorization\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)([^\s"',;\\]{12,8192})/gi,
  },
  {
    kind: 'token',
    needs: ['bearer'],
    pattern: /(\bbearer\s{1,4})((?=[^\s]{0,64}\d)[A-Za-z0-9._~+/=-]{12,8192})/gi,
  },
  {
    kind: 'header',
    needs: ['-key', '-token'],
    pattern:
      /((?:x-api-key|api-key|x-auth-token|x-vault-token|private-token|x-access-token)\\?["']?\s{0,4}[:=]\s{0,4}\\?["']?)([^\s"',;\\]{4,1024})/gi,
  },
  {
    kind: 'cookie',
    needs: ['cookie'],
    pattern: /((?:set-)?cookie\\?["']?\s{0,4}:\s{0,4}\\?["']?)([^"'\\]{1,256}=[^"'\\]{1,4096})/gi,
  },
  {
    kind: 'webhook',
    needs: ['hooks.slack.com'],
    pattern: /(hooks\.slack\.com\/(?:services|workflows|triggers)\/)([A-Za-z0-9_/-]{8,200})/gi,
  },
  {
    kind: 'webhook',
    needs: ['/api/webhooks/'],
    pattern: /(\/api\/webhooks\/\d{6,24}\/)([A-Za-z0-9_-]{20,200})/gi,
  },
  {
    kind: 'token',
    needs: ['sk-', 'sk_', 'rk_', 'xox', 'xapp-'],
    pattern:
      /(\b|_)(sk-(?:ant-|proj-|svcacct-)?[A-Za-z0-9_-]{16,256}|[sr]k_(?:live|test)_[A-Za-z0-9]{10,128}|xox[abeoprs]-[A-Za-z0-9-]{8,256}|xapp-[A-Za-z0-9-]{8,256})/g,
    isSecret: secret => /\d/.test(secret),
  },
  {
    kind: 'token',
    needs: [
      'ghp_',
      'gho_',
      'ghu_',
      'ghs_',
      'ghr_',
      'github_pat_',
      'glpat-',
      'atatt3x',
      'glsa_',
      'npm_',
      'hf_',
      'dckr_',
      'pypi-',
      'dop_v1_',
      'sg.',
    ],
    pattern:
      /(\b|_)(gh[pousr]_[A-Za-z0-9]{20,255}|github_pat_[A-Za-z0-9_]{20,255}|glpat-[\w-]{16,128}|ATATT3x[\w=-]{16,512}|glsa_\w{20,128}|npm_[A-Za-z0-9]{30,64}|hf_[A-Za-z0-9]{20,64}|dckr_pat_[\w-]{20,64}|pypi-[\w-]{50,512}|dop_v1_[a-f0-9]{64}|SG\.[\w-]{16,64}\.[\w-]{16,64})/g,
  },
  {
    kind: 'token',
    needs: ['akia', 'asia', 'aiza'],
    pattern: /(\b)((?:AKIA|ASIA)[A-Z0-9]{16}\b|AIza[\w-]{30,64})/g,
  },
  {
    kind: 'token',
    needs: ['eyj'],
    pattern: /(\b)(eyJ[A-Za-z0-9_-]{8,4096}\.[A-Za-z0-9_-]{8,8192}\.[A-Za-z0-9_-]{0,2048})/g,
  },
  {
    kind: 'signature',
    needs: ['sig', 'x-amz-', 'key='],
    pattern:
      /([?&](?:X-Amz-(?:Signature|Credential|Security-Token)|sig|signature|key|code)=)([^&\s"'#]{16,2048})/gi,
  },
  {
    kind: 'secret',
    needs: nameNeeds,
    pattern: new RegExp(
      `(${secretName}${nameRest}\\\\{0,3}["']?\\s{0,4}(?:=>|[=:])\\s{0,4}\\\\{1,3}")([^"\\\\]{1,4096})`,
      'gi',
    ),
    isSecret: isNamedSecret,
  },
  {
    kind: 'secret',
    needs: nameNeeds,
    pattern: new RegExp(
      `(${secretName}${nameRest}["']?\\s{0,4}(?:=>|[=:])\\s{0,4}")((?:[^"\\\\]|\\\\.){1,4096})`,
      'gi',
    ),
    isSecret: isNamedSecret,
  },
  {
    kind: 'secret',
    needs: nameNeeds,
    pattern: new RegExp(`(${secretName}${nameRest}["']?\\s{0,4}(?:=>|[=:])\\s{0,4}')([^']{1,4096})`, 'gi'),
    isSecret: isNamedSecret,
  },
  {
    kind: 'secret',
    needs: nameNeeds,
    pattern: new RegExp(`(${secretName}${nameRest}=)([^\\s"'\`,;&|)}\\]]{1,4096})`, 'gi'),
    isSecret: isNamedSecret,
  },
  {
    // Without quotes a colon is a secret's only at the start of a line: "invalid token: expired" is a sentence.
    kind: 'secret',
    needs: nameNeeds,
    pattern: new RegExp(
      `(^\\s{0,64}(?:[-+]\\s{1,4})?["']?[A-Za-z0-9_.-]{0,48}?${secretName}${nameRest}["']?\\s{0,4}:\\s{1,8})([^\\s"'#,}\\]]{3,4096})\\s{0,16}$`,
      'gi',
    ),
    isSecret: isNamedSecret,
  },
  {
    kind: 'password',
    needs: ['redis-cli', 'sshpass', 'docker login', 'mysql'],
    pattern:
      /((?:redis-cli\b[^\r\n|;&]{0,200}?\s(?:-a|--pass)|sshpass\s{1,4}-p|docker\s{1,4}login\b[^\r\n|;&]{0,200}?\s-p|mysql\w{0,10}\b[^\r\n|;&]{0,200}?\s-p)\s{0,4}["']?)([^\s"']{3,256})/g,
  },
  {
    kind: 'password',
    needs: ['--'],
    pattern:
      /(--(?:password|passwd|pass|token|secret|api-key|auth-token|client-secret)(?:\s{1,4}|=)["']?)([^\s"'-][^\s"']{1,1024})/gi,
  },
  {
    kind: 'password',
    needs: ['curl', 'wget', 'http'],
    pattern:
      /(\b(?:curl|wget|https?)\b[^\r\n|;]{0,400}?\s(?:-u|--user)[\s=]{0,4}["']?[^\s:"']{1,64}:)([^\s"']{1,256})/g,
  },
  {
    kind: 'password',
    needs: ['auth ', 'identified', 'password'],
    pattern:
      /((?:^|[>$#]\s|redis-cli\b[^\r\n]{0,100}?\s)AUTH\s{1,4}["']?(?:\w{1,64}\s)?|identified\s{1,4}by\s{1,4}["']|\bpassword\s{1,4}')([^\s"']{3,256})/gi,
    isSecret: secret => !/^(?:failed|error|required|ok)$/i.test(secret),
  },
];

/** Names that hold a secret's whereabouts, size or kind instead of the secret. */
const harmlessName =
  /(?:tokens|token[_.-]?(?:s|type|count|total|used|usage|limit|url|uri|endpoint|ttl|expir\w*|id)|secret[_-]?(?:name|ref|key[_-]?ref)|(?:[_.-]|^)(?:file|path|length|len|count|total|name|ttl|expir\w*|policy|hash|min|max|bytes))\\{0,3}["']?\s{0,4}(?:=>|[=:])\s{0,8}\\{0,3}["']?$/i;

function isNamedSecret(secret: string, before: string): boolean {
  if (harmlessName.test(before)) return false;
  const isPassword = /pass|pwd|secret|auth/i.test(before);
  if (/(?:^|[^a-z])(?:old)?pwd["']?\s{0,4}[=:]/i.test(before) && /^[~.]?\//.test(secret)) return false;
  // `token=512` counts something; a password may well be a number.
  if (!isPassword && /^[\d.]{1,9}$/.test(secret)) return false;
  return !/^(?:true|false|null|none|undefined|yes|no|missing|invalid|expired|required|set|unset|empty)$/i.test(
    secret,
  );
}

/** What stands where a secret would: a variable, a hole to fill, stars, or what was masked before. */
export function isPlaceholder(value: string): boolean {
  return /^(?:\$\{?[\w.:?-]{1,128}\}?|\$\([^)]{0,256}\)?|<[^<>]{0,256}>?|\{\{?[^{}]{0,256}\}{0,2}|%\w{1,64}%?|[*•x.…-]{1,64}|«.{0,64}»?.{0,8})$/i.test(
    value,
  );
}

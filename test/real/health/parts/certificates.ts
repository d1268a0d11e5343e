import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export interface KeyPair {
  readonly key: string;
  readonly cert: string;
}

/** A small authority of our own, made by openssl in a folder that is deleted at once. */
export interface Authority {
  readonly ca: string;
  readonly good: KeyPair;
  readonly soon: KeyPair;
  readonly expired: KeyPair;
  readonly otherName: KeyPair;
  readonly selfSigned: KeyPair;
}

export function makeAuthority(): Authority {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'wk-ca-'));
  const openssl = (...args: readonly string[]) =>
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const read = (name: string) => fs.readFileSync(path.join(folder, name), 'utf8');
  const key = (name: string) =>
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', `${name}.key`);
  try {
    key('ca');
    openssl(
      'req',
      '-x509',
      '-new',
      '-key',
      'ca.key',
      '-subj',
      '/CN=Test Authority',
      '-days',
      '400',
      '-out',
      'ca.pem',
    );
    prepareDatabase(folder);
    const sign = (name: string, host: string, fromDays: number, toDays: number): KeyPair => {
      key(name);
      fs.writeFileSync(path.join(folder, `${name}.ext`), `subjectAltName=${host}\n`);
      openssl('req', '-new', '-key', `${name}.key`, '-subj', `/CN=${name}`, '-out', `${name}.csr`);
      openssl(
        ...['ca', '-batch', '-notext', '-config', 'ca.cnf', '-extfile', `${name}.ext`, '-in', `${name}.csr`],
        ...['-startdate', stamp(fromDays), '-enddate', stamp(toDays), '-out', `${name}.pem`],
      );
      return { key: read(`${name}.key`), cert: read(`${name}.pem`) };
    };
    const here = 'DNS:localhost,IP:127.0.0.1';
    key('self');
    openssl(
      ...['req', '-x509', '-new', '-key', 'self.key', '-subj', '/CN=self', '-days', '90'],
      ...['-addext', `subjectAltName=${here}`, '-out', 'self.pem'],
    );
    return {
      ca: read('ca.pem'),
      good: sign('good', here, -1, 90),
      soon: sign('soon', here, -1, 5),
      expired: sign('expired', here, -30, -2),
      otherName: sign('other', 'DNS:elsewhere.example', -1, 90),
      selfSigned: { key: read('self.key'), cert: read('self.pem') },
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Only `openssl ca` can sign for a time that is already over. */
function prepareDatabase(folder: string): void {
  fs.writeFileSync(path.join(folder, 'index.txt'), '');
  fs.writeFileSync(path.join(folder, 'serial'), '01\n');
  fs.writeFileSync(
    path.join(folder, 'ca.cnf'),
    [
      '[ca]',
      'default_ca = own',
      '[own]',
      'database = index.txt',
      'serial = serial',
      'new_certs_dir = .',
      'certificate = ca.pem',
      'private_key = ca.key',
      'default_md = sha256',
      'policy = any',
      '[any]',
      'commonName = supplied',
      '',
    ].join('\n'),
  );
}

function stamp(days: number): string {
  const iso = new Date(Date.now() + days * 86_400_000).toISOString();
  return `${iso.slice(0, 19).replace(/[-T:]/g, '')}Z`;
}

import type * as vscode from 'vscode';
import type { SecretStore } from '../ports.ts';

const prefix = 'watchkeeper.';

/** Secrets live in VS Code's SecretStorage and nowhere else. */
export function toSecretStore(storage: vscode.SecretStorage): SecretStore {
  return {
    get: async name => storage.get(prefix + name),
    set: async (name, value) => storage.store(prefix + name, value),
    delete: async name => storage.delete(prefix + name),
  };
}

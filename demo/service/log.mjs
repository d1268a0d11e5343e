// Mostly JSON lines, some plain ones, and stack traces: what a real service writes.
export function log(level, message, fields = {}) {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
}

export function plain(text) {
  process.stdout.write(`${text}\n`);
}

export function logError(message, error, fields = {}) {
  log('error', message, { error: error.message, ...fields });
  process.stderr.write(`${error.stack}\n`);
}

// The container's own health check: says what the service says, and ends with 0 only when all is well.
const [url] = process.argv.slice(2);
try {
  const response = await fetch(url, { signal: AbortSignal.timeout(2500) });
  process.stdout.write(await response.text());
  process.exitCode = response.ok ? 0 : 1;
} catch (error) {
  process.stdout.write(`${url} does not answer: ${error.cause?.code ?? error.message}\n`);
  process.exitCode = 1;
}

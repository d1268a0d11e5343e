/** Asks the language model's API. Rejects with what the provider said. */
export async function askModel(port) {
  const response = await fetch(`http://127.0.0.1:${port}/v1/generate`, {
    method: 'POST',
    body: '{}',
    signal: AbortSignal.timeout(2000),
  });
  const answer = await response.json();
  if (!response.ok)
    throw Object.assign(new Error(`llm_error: ${answer.error.message}`), { status: response.status });
  return answer.text;
}

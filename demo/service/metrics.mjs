const counters = new Map();
const helps = {
  http_requests_total: 'Requests by path and status code.',
  llm_requests_total: 'Calls of the language model by outcome.',
  api_requests: 'Calls of the generate endpoint.',
  testgen_errors_total: 'Errors by kind.',
};

/** Adds to a counter; labels are part of its identity. */
export function count(name, labels = {}, amount = 1) {
  const key = JSON.stringify([name, labels]);
  const known = counters.get(key) ?? { name, labels, value: 0 };
  known.value += amount;
  counters.set(key, known);
}

/** Prometheus text format. */
export function metricsText(gauges) {
  const lines = [];
  for (const [name, value] of Object.entries(gauges)) lines.push(`# TYPE ${name} gauge`, `${name} ${value}`);
  for (const [name, help] of Object.entries(helps)) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} counter`);
    for (const counter of counters.values())
      if (counter.name === name) lines.push(`${name}${labelText(counter.labels)} ${counter.value}`);
  }
  return `${lines.join('\n')}\n`;
}

function labelText(labels) {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

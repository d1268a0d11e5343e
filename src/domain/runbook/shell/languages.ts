export type LanguageClass = 'shell' | 'transcript' | 'other' | 'none';

const set = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

const SHELL = set('bash sh shell zsh ksh ash dash shellscript fish');
const TRANSCRIPT = set(
  'console terminal term commandline cmdline cli shell-session shellsession sh-session bash-session session shell-console',
);
const OTHER = set(`
  yaml yml json jsonc json5 ndjson sql pgsql plpgsql mysql ruby rb erb irb python py python3 pycon promql logql
  metricsql text txt plaintext plain log logs output none mermaid hcl terraform tf jsonnet libsonnet ini toml conf
  cfg config diff patch markdown md mdx rst html xml css scss js javascript ts typescript tsx jsx go golang java c
  cpp c++ h rust rs php perl pl lua powershell ps1 ps pwsh bat batch cmd dos docker dockerfile make makefile nginx
  apache haproxy vcl properties env dotenv csv tsv graphql gql gherkin groovy kotlin scala swift r vim viml
  plantuml puml uml dot graphviz proto protobuf elixir erlang haskell cue rego nix svg http https url kql kusto
  spl esql es eql lucene regex template gotmpl go-template jinja jinja2 j2 crontab cron systemd service
  awk sed jq ascii tree math latex tex bibtex kv redis mongodb mongo cypher sparql flux influxql wiki jira
  traceql dql alloy regexp apacheconf psql gitignore dockerignore bicep starlark bazel jsonpath hbs handlebars liquid
  asciidoc adoc org less sass matlab vb vbnet vba fsharp clojure lisp elm dart objc objectivec zig asm csharp cs c#
  applescript ahk reg registry routeros junos cisco ios eos nxos fortios stdout stderr stacktrace trace hex svelte vue
  email eml ics xsl wsdl thrift avro capnp flatbuffers qml glsl hlsl cobol fortran pascal tcl prolog solidity move
  mediawiki textile pod man roff directory-structure filetree nocode nginxconf haproxy.cfg vtctl_output gitconfig
  sshconfig ssh-config sudoers hosts fstab yara sigma snort suricata zeek spl2 painless kibana lucene-query cel
  kcl pkl openapi swagger asyncapi raml gitlab-ci github-actions workflow playbook template-yaml helm-template`);
/** Tags that mean "what was printed": a `$ ` in them is part of the output. */
const PRINTED = set('text txt plaintext plain log logs output none');

/** First word of an info string, lower case: `sh {"id":…}`, `console # remark`, `{.bash}` all occur. */
export function languageOf(info: string): string {
  return (
    info
      .trim()
      .split(/[\s{,:[]+/)
      .find(word => word !== '') ?? ''
  )
    .toLowerCase()
    .replace(/^\.|[}=]$/g, '');
}

/** An unknown word counts as no tag: real files hold `shel`, `8sh` and whole commands there. */
export function classifyLanguage(info: string): LanguageClass {
  const language = languageOf(info);
  if (SHELL.has(language)) return 'shell';
  if (TRANSCRIPT.has(language)) return 'transcript';
  return OTHER.has(language) ? 'other' : 'none';
}

export function isPrintedOutput(info: string): boolean {
  return PRINTED.has(languageOf(info));
}

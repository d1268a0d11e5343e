export interface HostileStep {
  readonly command: string;
  readonly exitCode: number;
  readonly output?: RegExp;
}

/** Statement, exit code, and what its output must hold: what `platform.md` of the research found to go wrong. */
const table: readonly (readonly [string, number, RegExp?])[] = [
  ['true', 0],
  ['false', 1],
  ['sh -c "exit 7"', 7],
  ['no-such-program-here', 127],
  ['echo a \\\n b', 0, /a b/],
  ['echo "two\nlines"', 0, /two\nlines/],
  ['python3 -c "\nimport sys\nprint(\'f{}\')\n\nsys.exit(6)\n"', 6, /f\{\}/],
  ['echo "hi!there"', 0, /hi!there/],
  ['(echo in; exit 7)', 7, /in/],
  ['(exit 7)', 7],
  ['{ false; }', 1],
  ['false | true', 0],
  ['true | false', 1],
  ['cat <<EOF\nhere $((1+1))\nEOF', 0, /here 2/],
  ['for i in 1 2 3; do echo n$i; done', 0, /n1\nn2\nn3/],
  ['for i in 1 2\ndo\n  echo m$i\ndone', 0, /m1\nm2/],
  ['if true; then echo yes; fi', 0, /yes/],
  ['while read -r x; do echo "got $x"; done <<< "one"', 0, /got one/],
  ['case x in x) echo matched;; esac', 0, /matched/],
  ['f() { return 4; }\nf', 4],
  ["echo 'it'\\''s'", 0, /it's/],
  ['echo $HOME', 0, /\//],
  ['echo "a;b" ; sh -c "exit 5"', 5, /a;b/],
  ['curl --version  # Redis', 0, /curl/],
  ['false &&\necho x', 1],
  ['echo one\tand', 0, /one and/],
  [`echo ${'x'.repeat(3000)}`, 0, /x{3000}/],
  ['export WK_CARRIED=yes', 0],
  ['echo "carried: $WK_CARRIED"', 0, /carried: yes/],
  ['cd /', 0],
  ['pwd', 0, /^\/\n?$/m],
  ['printf "\\033[31mred\\033[0m\\n"', 0, /^red$/m],
  ['printf "\\033]0;title\\007after\\n"', 0, /^after$/m],
  ['printf "bin\\001\\002ary\\n"', 0, /binary/],
  ['echo "${WK_UNSET:-fallback}"', 0, /fallback/],
  ['echo $(echo nested)', 0, /nested/],
  ['time true', 0],
  ['echo to-stderr >&2', 0, /to-stderr/],
  ['seq 1 3000 | tail -1', 0, /3000/],
  ['test -d /no-such', 1],
];

export const hostileSteps: readonly HostileStep[] = table.map(([command, exitCode, output]) => ({
  command,
  exitCode,
  ...(output ? { output } : {}),
}));

/** What bash keeps for the next step and fish, which reads scripts through bash, does not. */
export const carriesVariable = /WK_CARRIED/;

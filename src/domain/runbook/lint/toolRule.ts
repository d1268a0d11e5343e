import { parse } from 'unbash';
import type { CommandStep } from '../model.ts';
import { wordsOf } from '../risk/walk.ts';
import { maskHoles } from '../shell/holes.ts';
import { visitNodes } from '../shell/syntax.ts';
import type { Around, CommandRule, Finding } from './rule.ts';

const BUILTINS = new Set(
  'alias bg bind break builtin case cd command continue declare dirs disown do done echo elif else esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test then time times trap true type typeset ulimit umask unalias unset until wait while [ [[ . : { }'.split(
    ' ',
  ),
);

/** The first programs of a command that cannot be found here; what runs inside containers is not looked at. */
export const unknownTool: CommandRule = { code: 'unknown-tool', severity: 'info', find: missingTool };

function missingTool({ command }: CommandStep, { facts }: Around): Finding | undefined {
  const { hasTool } = facts;
  if (hasTool === undefined) return undefined;
  let missing: string | undefined;
  visitNodes(parse(maskHoles(command)), node => {
    if (node.type !== 'Command' || missing !== undefined) return;
    const [name = ''] = wordsOf(node);
    if (/^[a-zA-Z][\w.-]*$/.test(name) && !BUILTINS.has(name) && !/^_+$/.test(name) && !hasTool(name))
      missing = name;
  });
  return missing === undefined ? undefined : { message: `${missing} is not installed here.`, part: missing };
}

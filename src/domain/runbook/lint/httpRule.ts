import type { CommandStep } from '../model.ts';
import type { CommandRule, Finding } from './rule.ts';

const HEALTH =
  /^(?:time\s+)?(curl)\b(?!.*(?:\s-\w*X|\s--request|\s-\w*I\b|\s--head)).*https?:\/\/\S*\/(?:-\/)?(?:health\w*|ready\w*|live\w*)\b/;

/** A health check by curl that reports success for status 500, or waits for ever. */
export const HTTP_RULE: CommandRule = { code: 'health-check', severity: 'info', find: healthCheck };

function healthCheck({ command }: CommandStep): Finding | undefined {
  if (!HEALTH.test(command)) return undefined;
  const [own = ''] = command.split('|');
  const fails = /\s(?:-[a-zA-Z]*f[a-zA-Z]*|--fail\S*)(?:\s|$)/.test(own);
  const isTimed = /\s(?:-m|--max-time|--connect-timeout)\b/.test(own);
  if (fails && isTimed) return undefined;
  const added = [...(fails ? [] : ['-f']), ...(isTimed ? [] : ['--max-time 5'])].join(' ');
  const lacks = [
    ...(fails ? [] : ['-f, so status 500 counts as success']),
    ...(isTimed ? [] : ['--max-time, so it may wait for ever']),
  ].join('; ');
  return {
    message: `Health check without ${lacks}.`,
    part: 'curl',
    fix: { title: `Add ${added}`, from: 'curl', to: `curl ${added}` },
  };
}

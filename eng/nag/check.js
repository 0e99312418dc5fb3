// Runs cdk-nag's rules over templates. Usage: node check.js TEMPLATE ...
// What they find is either mended in the stack or accepted in accepted.json, with the reason. Whatever is neither ends with exit code 1,
// and so does, if all templates of cdk/snapshot/*-prod* and the one of notices were given (--complete), a reason that accepts more or
// fewer findings than it says: a wider right, or one route more without an account, is looked at again.
import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App, Stack } from 'aws-cdk-lib';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

const here = dirname(fileURLToPath(import.meta.url));
const isComplete = process.argv.includes('--complete');
const templates = process.argv.slice(2).filter((argument) => argument !== '--complete');
const accepted = JSON.parse(readFileSync(join(here, 'accepted.json'), 'utf8'));

/** Whether the pattern is the whole text; * stands for anything, and \\* for itself. */
function fits(pattern, text) {
  const parts = pattern.split(/(?<!\\)\*/).map((part) => part.replaceAll('\\*', '*').replace(/[*.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}

/** What the rules find: the rule, and the resource as STACK/LOGICAL-ID. */
function findings() {
  const app = new App();
  for (const templateFile of templates) {
    new CfnInclude(new Stack(app, basename(templateFile, '.template.json')), 'Template', { templateFile });
  }

  return [new AwsSolutionsChecks(app), new ServerlessChecks(app)]
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ rule: ruleName, at: constructPath.replace('/Template/', '/'), description })));
}

const counts = new Map(accepted.map((one) => [one, 0]));
let open = 0;
const found = findings();
for (const { rule, at, description } of found) {
  const why = accepted.filter((one) => fits(one.rule, rule) && one.at.some((pattern) => fits(pattern, at)));
  why.forEach((one) => counts.set(one, counts.get(one) + 1));
  if (why.length === 0) {
    open++;
    console.log(`${rule} ${at}: ${description}`);
  }
}

const others = isComplete ? accepted.filter((one) => counts.get(one) !== one.findings) : [];
others.forEach((one) => console.log(`accepted.json accepts ${one.findings} of ${one.rule} ${one.at.join(' ')}, and there are ${counts.get(one)}`));
console.log(`${templates.length} templates, ${found.length} findings, ${found.length - open} of them accepted, ${open} open`);
process.exitCode = open + others.length > 0 ? 1 : 0;

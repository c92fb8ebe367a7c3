// The public API of every entry as a report in etc/, for reviews to see. Fails when one is out of date; `-- --update` writes them.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';

const reports = {
  index: 'miniagents.api.md',
  openai: 'openai.api.md',
  anthropic: 'anthropic.api.md',
  testing: 'testing.api.md',
  'testing/node': 'testing-node.api.md',
  trace: 'trace.api.md',
  agents: 'agents.api.md',
  'agents/node': 'agents-node.api.md',
  store: 'store.api.md',
  'store/jsonl': 'store-jsonl.api.md',
  'store/sqlite': 'store-sqlite.api.md',
  'store/postgres': 'store-postgres.api.md',
  'store/indexeddb': 'store-indexeddb.api.md',
};
const update = process.argv.includes('--update');
const projectFolder = process.cwd();
const silent = { logLevel: 'none' };

/** Reads dist/cjs, where the types are: each #subpath is written out there already (scripts/build.mjs). */
function configOf(entry) {
  return ExtractorConfig.prepare({
    packageJsonFullPath: `${projectFolder}/package.json`,
    configObjectFullPath: undefined,
    configObject: {
      projectFolder,
      mainEntryPointFilePath: `<projectFolder>/dist/cjs/${entry}.d.ts`,
      newlineKind: 'lf',
      compiler: { tsconfigFilePath: '<projectFolder>/tsconfig.cjs.json' },
      apiReport: { enabled: true, reportFileName: reports[entry], reportFolder: 'etc', reportTempFolder: 'temp' },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: 'error' } },
        extractorMessageReporting: {
          default: { logLevel: 'warning', addToApiReportFile: true },
          'ae-missing-release-tag': silent,
          'ae-undocumented': silent,
        },
        tsdocMessageReporting: { default: silent },
      },
    },
  });
}

/** What the report says is enough: API Extractor's own words about copying files would contradict ours. */
function quieten(message) {
  if (message.logLevel !== 'error') message.handled = true;
}

function isUpToDate(entry) {
  const report = reports[entry];
  const { errorCount, apiReportChanged } = Extractor.invoke(configOf(entry), {
    localBuild: update,
    messageCallback: quieten,
  });
  console.log(`etc/${report}: ${!apiReportChanged ? 'up to date' : update ? 'written' : 'differs'}`);
  if (apiReportChanged && !update)
    spawnSync('git', ['--no-pager', 'diff', '--no-index', `etc/${report}`, `temp/${report}`], { stdio: 'inherit' });
  return errorCount === 0 && (update || !apiReportChanged);
}

mkdirSync('etc', { recursive: true });
if (Object.keys(reports).filter((entry) => !isUpToDate(entry)).length > 0) {
  console.error('The public API is not what etc/ says. If that is meant: npm run api -- --update');
  process.exit(1);
}

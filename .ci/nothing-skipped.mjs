// Reads vitest's JSON reports: fails when a test was skipped or none ran, and prints the closing count.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 0;
const skipped = [];
for (const file of process.argv.slice(2)) {
  const report = JSON.parse(readFileSync(file, 'utf8'));
  if (report.numTotalTests === 0) throw new Error(`${file}: no test ran`);
  passed += report.numPassedTests;
  failed += report.numFailedTests;
  for (const suite of report.testResults) {
    for (const test of suite.assertionResults) {
      if (test.status !== 'passed' && test.status !== 'failed')
        skipped.push(`${test.status}: ${test.fullName}`);
    }
  }
}
for (const name of skipped) process.stdout.write(`${name}\n`);
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped.length} skipped\n`);
process.exitCode = skipped.length + failed > 0 ? 1 : 0;

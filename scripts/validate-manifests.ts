// Validates slack-manifest.yml and every manifests/*.yml against Slack's manifest schema (github.com/slackapi/manifest-schema).
// usage: tsx scripts/validate-manifests.ts <path of manifest.schema.2.0.0.json>
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';

const schemaPath = process.argv[2];
if (!schemaPath) {
  console.error('usage: tsx scripts/validate-manifests.ts <path of manifest.schema.2.0.0.json>');
  process.exit(2);
}

// `regex` and `_note` are keys of Slack's own: not strict. Formats are left to Slack.
const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile(
  JSON.parse(readFileSync(schemaPath, 'utf8')),
);
const files = ['slack-manifest.yml', ...readdirSync('manifests').map((name) => `manifests/${name}`)].filter(
  (name) => /\.ya?ml$/.test(name),
);
for (const file of files) {
  const valid = validate(parse(readFileSync(file, 'utf8')));
  console.log(`${file}: ${valid ? 'valid' : 'NOT valid'}`);
  if (!valid) {
    for (const error of validate.errors ?? []) console.error(`  ${error.instancePath} ${error.message}`);
    process.exitCode = 1;
  }
}
if (files.length < 2) {
  console.error('Fewer manifests than expected were found.');
  process.exitCode = 1;
}

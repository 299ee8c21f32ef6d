/** `node scripts/verify-package/tag.ts`: whether the tag that is being released (GITHUB_REF_NAME) is that of this version. */
import packageFacts from '../../package.json' with { type: 'json' };

const tag = process.env['GITHUB_REF_NAME'] ?? '';
if (tag !== `v${packageFacts.version}`) {
  process.stderr.write(
    `The tag ${tag || '(none)'} is not v${packageFacts.version}, which package.json says.\n`,
  );
  process.exitCode = 1;
}

import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What of the page breaks a rule of WCAG 2.2 AA, each with the place; nothing when all is well. */
export async function accessProblems(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(
    ({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} ${nodes[0]?.failureSummary ?? ''}`,
  );
}

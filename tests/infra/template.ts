/** The cloud's template as CloudFormation reads it: intrinsic functions stay functions, in their long form. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument, visit, type CollectionTag, type ScalarTag } from 'yaml';
import { z } from 'zod';

const FUNCTIONS = ['Ref', 'GetAtt', 'Sub', 'If', 'Not', 'Equals', 'Select', 'Split', 'GetAZs'];
const longName = (name: string): string => (name === 'Ref' ? 'Ref' : `Fn::${name}`);

const scalarTag = (name: string): ScalarTag => ({
  tag: `!${name}`,
  resolve: (text) => ({ [longName(name)]: name === 'GetAtt' ? text.split('.') : text }),
});
const collectionTag = (name: string): CollectionTag => ({
  tag: `!${name}`,
  collection: 'seq',
  resolve: (items) => {
    const plain: unknown = items.toJSON();
    return { [longName(name)]: plain };
  },
});

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  DeletionPolicy: z.string().optional(),
});
const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.literal('2010-09-09'),
  Description: z.string().max(1024),
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() })),
  Conditions: z.record(z.string(), z.unknown()),
  Rules: z.record(z.string(), z.unknown()),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })),
});
export type Template = z.infer<typeof templateSchema>;

const TEMPLATE_FILE = join(import.meta.dirname, '../../infra/riffle.yaml');

/** CloudFormation knows neither anchors nor aliases, so neither does this. */
export const readTemplate = (): Template => {
  const document = parseDocument(readFileSync(TEMPLATE_FILE, 'utf8'), {
    customTags: FUNCTIONS.flatMap((name) => [scalarTag(name), collectionTag(name)]),
    version: '1.1',
    schema: 'yaml-1.1',
    uniqueKeys: true,
  });
  if (document.errors.length + document.warnings.length > 0)
    throw new Error([...document.errors, ...document.warnings].join('\n'));
  visit(document, {
    Alias: () => {
      throw new Error('CloudFormation takes no aliases');
    },
  });
  return templateSchema.parse(document.toJS());
};

/** Every `{name: value}` that is an intrinsic function, wherever it stands. */
export const functionsIn = (value: unknown): readonly (readonly [name: string, argument: unknown])[] => {
  if (Array.isArray(value)) return value.flatMap(functionsIn);
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value);
  const [first] = entries;
  const isFunction =
    entries.length === 1 && first !== undefined && (first[0] === 'Ref' || first[0].startsWith('Fn::'));
  return [...(isFunction ? [first] : []), ...entries.flatMap(([, inner]) => functionsIn(inner))];
};

const subNames = (argument: unknown): readonly string[] => {
  const [text, local] = Array.isArray(argument) ? argument : [argument, {}];
  const own = new Set(Object.keys(z.record(z.string(), z.unknown()).parse(local ?? {})));
  return Array.from(
    z
      .string()
      .parse(text)
      .matchAll(/\$\{([^!}][^}]*)\}/g),
    ([, name = '']) => name,
  ).filter((name) => !own.has(name));
};

/** What a value refers to: `Resource`, `Resource.Attribute`, a parameter or a pseudo parameter. */
export const referencesIn = (value: unknown): readonly string[] =>
  functionsIn(value).flatMap(([name, argument]) => {
    if (name === 'Ref') return [z.string().parse(argument)];
    if (name === 'Fn::GetAtt') return [z.array(z.string()).parse(argument).join('.')];
    return name === 'Fn::Sub' ? subNames(argument) : [];
  });

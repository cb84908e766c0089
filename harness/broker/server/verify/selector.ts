import { z } from 'zod'
import { Name } from '../validate.ts'

const flag = z.literal(true, 'must be true')

const Selector = z
  .object({
    mainBranch: flag.optional(),
    branch: z.union([Name, flag]).optional(),
    fallbackBranch: Name.optional(),
    matchingBranch: flag.optional(),
    tag: Name.optional(),
    fallbackTag: Name.optional(),
    latest: z.boolean('must be true or false').optional(),
    deployed: flag.optional(),
    released: flag.optional(),
    deployedOrReleased: flag.optional(),
    environment: Name.optional(),
    consumer: Name.optional(),
  })
  .superRefine((selector, context) => {
    for (const message of problemsOf(selector)) context.addIssue({ code: 'custom', message })
  })

/** Which consumer versions' pacts are to be verified. */
export type ConsumerSelector = z.output<typeof Selector>

const branchKeys = ['latest', 'tag', 'fallbackTag', 'branch', 'fallbackBranch', 'matchingBranch', 'mainBranch'] as const
const environmentKeys = ['environment', 'deployed', 'released', 'deployedOrReleased'] as const
const sufficient = ['mainBranch', 'branch', 'matchingBranch', 'tag', 'latest', ...environmentKeys] as const

type Rule = readonly [wrong: boolean, message: string]
type Given = Readonly<Record<string, unknown>>

/** The rules by which the Pact Broker refuses selectors. */
function problemsOf(selector: Given): readonly string[] {
  const rules = [...generalRules(selector), ...branchRules(selector), ...environmentRules(selector)]
  return rules.flatMap(([wrong, message]) => (wrong ? [message] : []))
}

function generalRules(selector: Given): readonly Rule[] {
  const has = (key: string): boolean => selector[key] !== undefined
  const others = (...allowed: readonly string[]): boolean =>
    [...branchKeys, ...environmentKeys].some((key) => has(key) && !allowed.includes(key))
  const alone = 'with any other field apart from consumer'
  return [
    [!sufficient.some((key) => has(key) && selector[key] !== false), `must specify one of ${sufficient.join(', ')}`],
    [has('mainBranch') && others('mainBranch', 'latest'), `cannot specify mainBranch ${alone}`],
    [has('matchingBranch') && others('matchingBranch'), `cannot specify matchingBranch ${alone}`],
  ]
}

function branchRules({ branch, tag, latest, mainBranch, fallbackBranch, fallbackTag }: Given): readonly Rule[] {
  const none = undefined
  return [
    [mainBranch !== none && latest === false, 'cannot specify mainBranch with latest=false'],
    [tag !== none && branch !== none, 'cannot specify both a tag and a branch'],
    [fallbackTag !== none && tag === none, 'a fallbackTag can only be set when there is a tag'],
    [fallbackTag !== none && latest !== true, 'can only set a fallbackTag when latest is true'],
    [fallbackBranch !== none && branch === none, 'a fallbackBranch can only be set when there is a branch'],
    [branch !== none && latest === false, 'cannot specify a branch with latest=false'],
  ]
}

function environmentRules(selector: Given): readonly Rule[] {
  const has = (key: string): boolean => selector[key] !== undefined
  const [ofBranch, ofEnvironment] = [branchKeys.filter(has), environmentKeys.filter(has)]
  const named = (fields: readonly string[]): string => `${plural('field', fields.length)} ${fields.join('/')}`
  const both = ['deployed', 'released', 'deployedOrReleased'].filter(has)
  return [
    [
      ofBranch.length > 0 && ofEnvironment.length > 0,
      `cannot specify the ${named(ofBranch)} with the ${named(ofEnvironment)}`,
    ],
    [both.length > 1, `cannot specify both ${both.map((field) => `${field}=true`).join(' and ')}`],
  ]
}

function plural(word: string, count: number): string {
  return count === 1 ? word : `${word}s`
}

const isDate = (text: string): boolean => !Number.isNaN(Date.parse(text))

/** The body of the request for pacts to verify. */
export const ForVerification = z
  .object({
    consumerVersionSelectors: z.array(Selector).optional(),
    // A verifier that has no branch says so with an empty one.
    providerVersionBranch: z.union([z.literal('').transform(() => undefined), Name]).nullish(),
    providerVersionTags: z.array(Name).nullish(),
    includePendingStatus: z.boolean('must be true or false').optional(),
    includeWipPactsSince: z.string().refine(isDate, 'must be a date').optional(),
  })
  .superRefine(({ consumerVersionSelectors = [], providerVersionBranch }, context) => {
    const matching = consumerVersionSelectors.findIndex((selector) => selector.matchingBranch !== undefined)
    if (matching >= 0 && !providerVersionBranch)
      context.addIssue({
        code: 'custom',
        path: ['consumerVersionSelectors', matching],
        message: 'the providerVersionBranch must be specified when the selector matchingBranch is used',
      })
  })

export type ForVerificationRequest = z.output<typeof ForVerification>

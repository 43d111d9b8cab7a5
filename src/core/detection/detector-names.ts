/**
 * Names of the structured detectors, in the order of the registry. The names are part of the rule
 * pack contract.
 */
export const DETECTOR_NAMES = [
  'resident-id',
  'mobile',
  'landline',
  'bank-card',
  'passport',
  'licence-plate',
  'address',
  'email',
  'social-credit-code',
  'qq',
  'wechat',
  'link',
  'short-link',
  'crypto-wallet',
  'secrecy-marking',
  'contact',
  'driving-licence',
  'birthday',
  'health',
  'travel',
  'group-invite',
] as const;

export type DetectorName = (typeof DETECTOR_NAMES)[number];

/** What a detector says about the surroundings of a finding. */
export const FINDING_FLAGS = [
  /** A shop's, hotel's or hotline's own number; nobody's privacy. */
  'business',
  /** The writer offers the writer's own datum. */
  'self',
  /** A word nearby names the kind of datum, such as 身份证 before an ID number. */
  'labelled',
  /** Of `secrecy-marking`: the number of an official document, which by itself is no secret. */
  'document',
  /** Of `link` and `short-link`: written or encoded so that it is not what it looks like. */
  'disguised',
  /** Of `group-invite`: what the chat program wrote when somebody was invited or came in; its value is who. */
  'event',
] as const;

export type FindingFlag = (typeof FINDING_FLAGS)[number];

/** All detectors, in a fixed order. A new one is one file, one line here and its name in detector-names.ts. */
import type { DetectorName } from '../detector-names.ts';
import type { Detector } from '../finding.ts';
import { address } from './address.ts';
import { bankCard } from './bank-card.ts';
import { birthday } from './birthday.ts';
import { contact } from './contact.ts';
import { cryptoWallet } from './crypto-wallet.ts';
import { drivingLicence } from './driving-licence.ts';
import { email } from './email.ts';
import { groupInvite } from './group-invite.ts';
import { health } from './health.ts';
import { landline } from './landline.ts';
import { licencePlate } from './licence-plate.ts';
import { link } from './link.ts';
import { mobile } from './mobile.ts';
import { passport } from './passport.ts';
import { qq } from './qq.ts';
import { residentId } from './resident-id.ts';
import { secrecyMarking } from './secrecy-marking.ts';
import { shortLink } from './short-link.ts';
import { socialCreditCode } from './social-credit-code.ts';
import { travel } from './travel.ts';
import { wechat } from './wechat.ts';

export const DETECTORS: readonly Detector[] = [
  residentId,
  mobile,
  landline,
  bankCard,
  passport,
  licencePlate,
  address,
  email,
  socialCreditCode,
  qq,
  wechat,
  link,
  shortLink,
  cryptoWallet,
  secrecyMarking,
  contact,
  drivingLicence,
  birthday,
  health,
  travel,
  groupInvite,
];

/** The detector of a name; every name has one (a test). */
export function detectorNamed(name: DetectorName): Detector {
  return DETECTORS.find((detector) => detector.name === name) as Detector;
}

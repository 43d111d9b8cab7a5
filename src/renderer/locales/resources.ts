/** Every locale file, bundled. A feature adds its two files here, one line in each language. */
import enAccounts from './en/accounts.json';
import enAudit from './en/audit.json';
import enCampaigns from './en/campaigns.json';
import enCases from './en/cases.json';
import enClassifier from './en/classifier.json';
import enCommon from './en/common.json';
import enCustody from './en/custody.json';
import enDashboard from './en/dashboard.json';
import enDetection from './en/detection.json';
import enDomain from './en/domain.json';
import enDuties from './en/duties.json';
import enErrors from './en/errors.json';
import enHearing from './en/hearing.json';
import enHouseRules from './en/house-rules.json';
import enImports from './en/imports.json';
import enLaw from './en/law.json';
import enLeads from './en/leads.json';
import enLinks from './en/links.json';
import enMaterial from './en/material.json';
import enMeasures from './en/measures.json';
import enMessages from './en/messages.json';
import enMeter from './en/meter.json';
import enPacks from './en/packs.json';
import enReconciliation from './en/reconciliation.json';
import enReview from './en/review.json';
import enRules from './en/rules.json';
import enSecondReview from './en/second-review.json';
import enSettings from './en/settings.json';
import enStart from './en/start.json';
import enTables from './en/tables.json';
import enTriage from './en/triage.json';
import zhAccounts from './zh-CN/accounts.json';
import zhAudit from './zh-CN/audit.json';
import zhCampaigns from './zh-CN/campaigns.json';
import zhCases from './zh-CN/cases.json';
import zhClassifier from './zh-CN/classifier.json';
import zhCommon from './zh-CN/common.json';
import zhCustody from './zh-CN/custody.json';
import zhDashboard from './zh-CN/dashboard.json';
import zhDetection from './zh-CN/detection.json';
import zhDomain from './zh-CN/domain.json';
import zhDuties from './zh-CN/duties.json';
import zhErrors from './zh-CN/errors.json';
import zhHearing from './zh-CN/hearing.json';
import zhHouseRules from './zh-CN/house-rules.json';
import zhImports from './zh-CN/imports.json';
import zhLaw from './zh-CN/law.json';
import zhLeads from './zh-CN/leads.json';
import zhLinks from './zh-CN/links.json';
import zhMaterial from './zh-CN/material.json';
import zhMeasures from './zh-CN/measures.json';
import zhMessages from './zh-CN/messages.json';
import zhMeter from './zh-CN/meter.json';
import zhPacks from './zh-CN/packs.json';
import zhReconciliation from './zh-CN/reconciliation.json';
import zhReview from './zh-CN/review.json';
import zhRules from './zh-CN/rules.json';
import zhSecondReview from './zh-CN/second-review.json';
import zhSettings from './zh-CN/settings.json';
import zhStart from './zh-CN/start.json';
import zhTables from './zh-CN/tables.json';
import zhTriage from './zh-CN/triage.json';

export const resources = {
  en: {
    accounts: enAccounts,
    audit: enAudit,
    campaigns: enCampaigns,
    cases: enCases,
    classifier: enClassifier,
    common: enCommon,
    custody: enCustody,
    dashboard: enDashboard,
    detection: enDetection,
    domain: enDomain,
    duties: enDuties,
    errors: enErrors,
    hearing: enHearing,
    'house-rules': enHouseRules,
    imports: enImports,
    measures: enMeasures,
    messages: enMessages,
    meter: enMeter,
    material: enMaterial,
    law: enLaw,
    leads: enLeads,
    links: enLinks,
    packs: enPacks,
    reconciliation: enReconciliation,
    review: enReview,
    rules: enRules,
    'second-review': enSecondReview,
    settings: enSettings,
    start: enStart,
    tables: enTables,
    triage: enTriage,
  },
  'zh-CN': {
    accounts: zhAccounts,
    audit: zhAudit,
    campaigns: zhCampaigns,
    cases: zhCases,
    classifier: zhClassifier,
    common: zhCommon,
    custody: zhCustody,
    dashboard: zhDashboard,
    detection: zhDetection,
    domain: zhDomain,
    duties: zhDuties,
    errors: zhErrors,
    hearing: zhHearing,
    'house-rules': zhHouseRules,
    imports: zhImports,
    measures: zhMeasures,
    messages: zhMessages,
    meter: zhMeter,
    material: zhMaterial,
    law: zhLaw,
    leads: zhLeads,
    links: zhLinks,
    packs: zhPacks,
    reconciliation: zhReconciliation,
    review: zhReview,
    rules: zhRules,
    'second-review': zhSecondReview,
    settings: zhSettings,
    start: zhStart,
    tables: zhTables,
    triage: zhTriage,
  },
} as const;

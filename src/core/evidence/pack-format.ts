/** Name and version of the layout described in docs/evidence-pack.md. */
export const PACK_FORMAT = 'docket-evidence-pack/2';

import { z } from 'zod';

/** A text in both languages of the product. */
export const Bilingual = z.object({ zh: z.string().min(1), en: z.string().min(1) });
export type Bilingual = z.infer<typeof Bilingual>;

export const Language = z.enum(['zh-CN', 'en']);
export type Language = z.infer<typeof Language>;

/**
 * The classifier's model: one linear model per category over the same hashed features, quantised
 * to a byte a weight, with its calibration, its thresholds and the syllable of each character.
 *
 * File: "DKCL", u32 length of a JSON header (UTF-8), the header, then deflated: the weights
 * (2^bits rows of LANES bytes, 128 is zero) and the syllables (u16, little endian).
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { CategoryId } from '../domain/category.ts';
import { FEATURE_VERSION, SYLLABLE_END, SYLLABLE_FROM } from './features.ts';

/** Most categories of a model; rows have this many bytes. */
export const LANES = 16;
export const ZERO = 128;
const MAGIC = 0x4c434b44;
const SYLLABLE_BYTES = (SYLLABLE_END - SYLLABLE_FROM) * 2;

const ModelClass = z.strictObject({
  category: CategoryId,
  bias: z.number(),
  /** One step of a weight byte. */
  step: z.number().positive(),
  /** Platt scaling: p = 1 / (1 + exp(-(a * logit + b))). */
  a: z.number(),
  b: z.number(),
  /** Probability from which a text is proposed for review; above 1: never. */
  threshold: z.number().positive(),
});
export type ModelClass = z.infer<typeof ModelClass>;

const Header = z.strictObject({
  format: z.literal(1),
  features: z.number().int(),
  bits: z.number().int().min(8).max(20),
  /** Names the model: its version, or the workspace's training that made it. */
  version: z.string().min(1),
  seed: z.number().int(),
  classes: z.array(ModelClass).min(1).max(LANES),
});

export interface ClassifierModel extends Omit<z.infer<typeof Header>, 'format' | 'features'> {
  readonly weights: Uint8Array;
  readonly syllables: Uint16Array;
}

/** The file of a model. The same model gives the same bytes under the same zlib. */
export function writeModel(model: ClassifierModel): Uint8Array {
  const { weights, syllables, ...rest } = model;
  const header = Buffer.from(JSON.stringify({ format: 1, features: FEATURE_VERSION, ...rest }));
  const sounds = Buffer.alloc(SYLLABLE_BYTES);
  for (const [index, value] of syllables.entries()) sounds.writeUInt16LE(value, index * 2);
  const start = Buffer.alloc(8);
  start.writeUInt32LE(MAGIC, 0);
  start.writeUInt32LE(header.length, 4);
  return Buffer.concat([start, header, deflateRawSync(Buffer.concat([weights, sounds]), { level: 9 })]);
}

/** The header of a model file, and where it ends. Throws an error that says what is wrong with it. */
function headerOf(file: Buffer): { header: z.infer<typeof Header>; end: number } {
  if (file.length < 8 || file.readUInt32LE(0) !== MAGIC) throw new Error('not a classifier model');
  const length = file.readUInt32LE(4);
  if (length > file.length - 8) throw new Error('the classifier model is cut off');
  const end = 8 + length;
  return { header: Header.parse(JSON.parse(file.subarray(8, end).toString('utf8'))), end };
}

const fileOf = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Whether a model file was made for the features that this program reads. Throws on what is no model. */
export function fitsFeatures(bytes: Uint8Array): boolean {
  return headerOf(fileOf(bytes)).header.features === FEATURE_VERSION;
}

/** Reads a model file. Throws an error that says what is wrong with it. */
export function readModel(bytes: Uint8Array): ClassifierModel {
  const file = fileOf(bytes);
  const { header: read, end } = headerOf(file);
  const { format: _, features, ...header } = read;
  if (features !== FEATURE_VERSION) {
    throw new Error(`the classifier model is for features ${features}, this program has ${FEATURE_VERSION}`);
  }
  const size = LANES << header.bits;
  const body = inflateRawSync(file.subarray(end), { maxOutputLength: size + SYLLABLE_BYTES });
  if (body.length !== size + SYLLABLE_BYTES) throw new Error('the classifier model is cut off');
  const weights = new Uint8Array(body.subarray(0, size));
  const syllables = new Uint16Array(SYLLABLE_END - SYLLABLE_FROM);
  for (let i = 0; i < syllables.length; i++) syllables[i] = body.readUInt16LE(size + i * 2);
  return { ...header, weights, syllables };
}

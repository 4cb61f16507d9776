import { isSameProof } from '../../lib/same-proof.ts';

/** Makes a short proof that only this installation can make: the vault's keyed hash. */
export type Sign = (text: string) => string;

const proofOf = (sign: Sign, message: number): string => sign(`alert-take:${message}`);

/** Address of the page on which the receiver of a message takes its incident. Opening it does nothing: programs that look at mails open all links. */
export function takeLink(sign: Sign, dashboardUrl: string, message: number): string {
  return `${dashboardUrl}/take/${message}.${proofOf(sign, message)}`;
}

/** The number of the message whose link this is; null when it is not ours. */
export function readTakeToken(sign: Sign, token: string): number | null {
  const [, number, proof = ''] = /^(\d{1,15})\.([\w-]{20})$/.exec(token) ?? [];
  if (number === undefined) return null;
  return isSameProof(proof, proofOf(sign, Number(number))) ? Number(number) : null;
}

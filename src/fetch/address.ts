import ipaddr from 'ipaddr.js';

/** Prefixes that carry an IPv4 address, and the byte it starts at. Only the well-known NAT64 prefix counts. */
const CARRIERS = [
  { prefix: '::ffff:0:0', bits: 96, at: 12 },
  { prefix: '64:ff9b::', bits: 96, at: 12 },
  { prefix: '2002::', bits: 16, at: 2 },
] as const;

type Address = ipaddr.IPv4 | ipaddr.IPv6;

function unwrap(address: Address): Address {
  if (address.kind() === 'ipv4') return address;
  const carrier = CARRIERS.find(({ prefix, bits }) => address.match(ipaddr.parse(prefix), bits));
  if (!carrier) return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(carrier.at, carrier.at + 4));
}

/** Global unicast of IPv6 is 2000::/3 (IANA); what lies outside is special, reserved or local. */
function isGlobal(address: Address): boolean {
  return address.kind() === 'ipv4' || address.match(ipaddr.parse('2000::'), 3);
}

/**
 * May a crawler connect to this address (any spelling, IPv6 with or without brackets)?
 * IPv4 inside an IPv6 address (mapped, NAT64, 6to4) is judged as what it is.
 */
export function isPublicAddress(text: string): boolean {
  const bare = text.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(bare)) return false;
  const address = unwrap(ipaddr.parse(bare));
  return address.range() === 'unicast' && isGlobal(address);
}

import { bitrix24 } from './bitrix24.ts';
import type { VendorServer } from './world.ts';

/** One line a vendor. */
export const vendorServers: readonly VendorServer[] = [bitrix24];

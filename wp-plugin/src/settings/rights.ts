import type { SettingsBoot } from './boot';
import type { Tab } from './route';

/** Leads say who gets new tickets; everything else here is for managers. The service asks again. */
export function mayOpen( { canManage, canRoute }: Pick< SettingsBoot, 'canManage' | 'canRoute' >, tab: Tab ): boolean {
	return canManage || ( canRoute && tab === 'routing' );
}

import type { SettingsBoot } from './boot';
import type { Tab } from './route';

/**
 * Everybody says what he is mailed and what stands below his mails, leads who gets new tickets; the
 * rest is for managers. The service asks again.
 */
export function mayOpen( { canManage, canRoute }: Pick< SettingsBoot, 'canManage' | 'canRoute' >, tab: Tab ): boolean {
	return canManage || tab === 'notifications' || tab === 'signatures' || ( canRoute && tab === 'routing' );
}

import type { Transport } from '../api/transport';
import type { Me } from '../model';
import type { SettingsBoot } from './boot';
import type { Tab } from './route';

/**
 * Everybody says what he is mailed, what stands below his mails and what he keeps to write again, leads who gets new tickets; the
 * rest is for managers. The service asks again.
 */
export function mayOpen( { canManage, canRoute }: Pick< SettingsBoot, 'canManage' | 'canRoute' >, tab: Tab ): boolean {
	return canManage || tab === 'notifications' || tab === 'signatures' || tab === 'saved-replies' || ( canRoute && tab === 'routing' );
}

/** The page's data, and of a lead what WordPress does not know: who sees some inboxes only writes no rules for all. */
export async function withRights( boot: SettingsBoot, service: Transport ): Promise< SettingsBoot > {
	if ( boot.canManage || ! boot.canRoute ) {
		return boot;
	}
	try {
		const { can } = await service< Me >( { path: '/me' } );
		return { ...boot, canRoute: can.route ?? boot.canRoute };
	} catch {
		// The page says by itself what the service answers.
		return boot;
	}
}

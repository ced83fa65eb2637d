import type { Id } from '../../model';
import { useSettings } from '../context';
import { to } from '../route';

interface Wish {
	clientId: () => Promise< Id >;
	mailbox?: { id: Id; address: string };
}

/**
 * Begins a consent: Google's page in a new tab, this one waits for its end. The tab is opened
 * before anything is asked, as browsers allow it only at the click itself.
 */
export function useConsentStart(): ( wish: Wish ) => Promise< void > {
	const { api, boot, browser, begun } = useSettings();
	return async ( { clientId, mailbox } ) => {
		const tab = browser.openTab();
		try {
			const flow = await api.startFlow( {
				oauth_client_id: await clientId(),
				redirect_uri: boot.redirectUri,
				...( mailbox ? { mailbox_id: mailbox.id, address: mailbox.address } : {} ),
			} );
			begun.set( flow.id, flow );
			tab?.go( flow.authorization_url );
			browser.go( to.consent( flow.id ) );
		} catch ( thrown ) {
			tab?.close();
			throw thrown;
		}
	};
}

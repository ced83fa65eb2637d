import { useEffect } from '@wordpress/element';
import type { Route, Tab } from '../route';

/**
 * Cards that PHP prints, so that they work without JavaScript, appear under their tab. What
 * their forms are answered with comes up under that tab again: browsers keep an address's
 * fragment over a redirect.
 */
export function usePrintedParts( tab: Tab, page: Route[ 'page' ] ): void {
	useEffect( () => {
		document.querySelectorAll< HTMLElement >( '[data-unified-inbox-tab]' ).forEach( ( part ) => {
			// On a page below its tab a card would be one thing too many.
			part.hidden = part.dataset.unifiedInboxTab !== tab || page !== tab;
			part.querySelectorAll( 'form' ).forEach( ( form ) => {
				form.action = `${ form.action.split( '#' )[ 0 ] }#/${ part.dataset.unifiedInboxTab }`;
			} );
		} );
	}, [ tab, page ] );
}

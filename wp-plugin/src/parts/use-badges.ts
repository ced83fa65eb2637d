import { useEffect, useRef } from '@wordpress/element';
import { _n, sprintf } from '@wordpress/i18n';
import { useDesk } from '../state/context';
import { useStore } from '../state/store';

const MOST = 99;

/** WordPress's own mark behind the menu's name, as PHP prints it; a mailbox in trouble has its own. */
function markMenu( count: number ): void {
	const name = document.querySelector( '#toplevel_page_unified-inbox .wp-menu-name' );
	const old = name?.querySelector( '.awaiting-mod' );
	if ( ! name || old?.textContent?.startsWith( '!' ) ) {
		return;
	}
	old?.remove();
	if ( ! count ) {
		return;
	}
	const mark = document.createElement( 'span' );
	mark.className = `awaiting-mod count-${ count }`;
	const shown = document.createElement( 'span' );
	shown.className = 'pending-count';
	shown.ariaHidden = 'true';
	shown.textContent = count > MOST ? `${ MOST }+` : String( count );
	const words = document.createElement( 'span' );
	words.className = 'screen-reader-text';
	/* translators: %s: number of tickets. */
	words.textContent = sprintf( _n( '%s unassigned ticket', '%s unassigned tickets', count, 'unified-inbox' ), String( count ) );
	mark.append( shown, words );
	name.append( mark );
}

/** How many tickets wait for somebody to take them: before the page's title, and in WordPress's menu. */
export function useBadges(): void {
	const { session } = useDesk();
	const count = useStore( session.store, ( { counts } ) => counts?.unassigned ?? null );
	const title = useRef( document.title );
	useEffect( () => {
		if ( count !== null ) {
			document.title = count ? `(${ count }) ${ title.current }` : title.current;
			markMenu( count );
		}
	}, [ count ] );
}

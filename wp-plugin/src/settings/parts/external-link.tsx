import { __ } from '@wordpress/i18n';
import { external, Icon } from '@wordpress/icons';
import type { ReactNode } from 'react';

export function ExternalLink( { href, children }: { href: string; children: ReactNode } ) {
	return (
		<a className="uibs-external" href={ href } target="_blank" rel="noopener noreferrer">
			{ children }
			<span className="screen-reader-text"> { __( '(opens in a new tab)', 'unified-inbox' ) }</span>
			<Icon icon={ external } size={ 20 } />
		</a>
	);
}

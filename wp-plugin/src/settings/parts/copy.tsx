import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';

/** How long the button says that it has copied. */
const SAID_FOR = 3000;

/** A text to take elsewhere, with a button that copies it. */
export function Copy( { text, label }: { text: string; label: string } ) {
	const { browser } = useSettings();
	const [ isCopied, setCopied ] = useState( false );
	const copy = async (): Promise< void > => {
		await browser.copy( text );
		setCopied( true );
		browser.wait( () => setCopied( false ), SAID_FOR );
	};
	return (
		<div className="uibs-copy">
			<code dir="ltr">{ text }</code>
			<Button variant="secondary" size="compact" label={ label } showTooltip={ false } onClick={ () => void copy() }>
				{ isCopied ? __( 'Copied', 'unified-inbox' ) : __( 'Copy', 'unified-inbox' ) }
			</Button>
			<span className="screen-reader-text" role="status">
				{ isCopied && __( 'Copied', 'unified-inbox' ) }
			</span>
		</div>
	);
}

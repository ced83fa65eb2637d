import { __ } from '@wordpress/i18n';

/** Core's icons have no paperclip. */
export function Paperclip() {
	return (
		<svg className="uib-paperclip" viewBox="0 0 24 24" width="16" height="16" role="img" aria-label={ __( 'Has attachments', 'unified-inbox' ) }>
			<path
				d="M17.5 10.5l-6.2 6.2a3.4 3.4 0 0 1-4.8-4.8l6.9-6.9a2.3 2.3 0 0 1 3.2 3.2l-6.7 6.7a1.1 1.1 0 0 1-1.6-1.6l5.9-5.9"
				fill="none"
				stroke="currentColor"
				strokeWidth="1.5"
				strokeLinecap="round"
			/>
		</svg>
	);
}

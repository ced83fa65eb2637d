import { __ } from '@wordpress/i18n';
import { check as checkIcon, closeSmall, help, Icon } from '@wordpress/icons';
import { checkInWords } from '../check-words';
import type { Check } from '../model';

const TONES = {
	good: { icon: checkIcon, words: () => __( 'In order:', 'unified-inbox' ) },
	bad: { icon: closeSmall, words: () => __( 'Wrong:', 'unified-inbox' ) },
	open: { icon: help, words: () => __( 'Unknown:', 'unified-inbox' ) },
};

const toneOf = ( { ok }: Check ): keyof typeof TONES => ( ok === null ? 'open' : ok ? 'good' : 'bad' );

/** The self-check in words: what is in order, what is wrong, and what to do about it. */
export function CheckList( { checks }: { checks: readonly Check[] } ) {
	return (
		<ul className="uibs-checks">
			{ checks.map( ( one ) => {
				const tone = toneOf( one );
				const [ words, remedy ] = checkInWords( one );
				return (
					<li key={ one.name + one.words } data-tone={ tone }>
						<span className="uibs-checks__mark">
							<Icon icon={ TONES[ tone ].icon } size={ 20 } />
						</span>
						<span className="uibs-checks__words">
							<span className="screen-reader-text">{ TONES[ tone ].words() } </span>
							<span dir="auto">{ words }</span>
							{ remedy && (
								<span className="uibs-checks__remedy" dir="auto">
									{ remedy }
								</span>
							) }
						</span>
					</li>
				);
			} ) }
		</ul>
	);
}

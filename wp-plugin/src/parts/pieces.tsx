import { __, sprintf } from '@wordpress/i18n';
import type { Found, Piece } from '../model';

/** A text in which that stands out what was looked for. */
export function Pieces( { pieces }: { pieces: readonly Piece[] } ) {
	return (
		<>
			{ pieces.map( ( { text, hit }, place ) =>
				hit ? (
					<mark className="uib-hit" key={ place }>
						{ text }
					</mark>
				) : (
					text
				)
			) }
		</>
	);
}

/** The line of a message that shows why it was found. */
export function Excerpt( { hit }: { hit: NonNullable< Found[ 'hit' ] > } ) {
	return (
		<span className="uib-row__snippet uib-row__excerpt" dir={ hit.direction }>
			<bdi
				title={
					/* translators: %s: a person's name. */
					sprintf( __( 'Written by %s', 'unified-inbox' ), hit.author_name )
				}
			>
				<Pieces pieces={ hit.excerpt } />
			</bdi>
		</span>
	);
}

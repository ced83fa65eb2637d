import { Button } from '@wordpress/components';
import { __, _n, sprintf } from '@wordpress/i18n';
import { archive } from '@wordpress/icons';
import type { Id } from '../../model';
import { Empty } from '../../parts/empty';
import { CheckBox } from '../parts/field';
import { Back, Card, Page, Trouble, Wait } from '../parts/page';
import { to } from '../route';
import { ParkedMailCard } from './parked-mail';
import { useShelf, type Shelf } from './use-shelf';

/** What can be done to all chosen mails at once. */
function BulkActs( { shelf, ids }: { shelf: Shelf; ids: readonly Id[] } ) {
	const { chosen } = shelf;
	const isParked = shelf.outcome === 'parked';
	return (
		<div className="uibs-bulk" role="toolbar" aria-label={ __( 'Chosen mails', 'unified-inbox' ) }>
			<CheckBox
				label={
					chosen.length
						? /* translators: %d: number of chosen mails. */
						  sprintf( _n( '%d chosen', '%d chosen', chosen.length, 'unified-inbox' ), chosen.length )
						: __( 'Choose all', 'unified-inbox' )
				}
				isChecked={ ids.length > 0 && chosen.length === ids.length }
				onChange={ ( isChecked ) => shelf.choose( isChecked ? ids : [] ) }
			/>
			{ chosen.length > 0 && (
				<>
					{ isParked && (
						<Button variant="secondary" onClick={ () => shelf.makeTickets( chosen ) } __next40pxDefaultSize>
							{ __( 'Make tickets', 'unified-inbox' ) }
						</Button>
					) }
					<Button variant="tertiary" onClick={ () => shelf.move( chosen, isParked ? 'discarded' : 'parked' ) } __next40pxDefaultSize>
						{ isParked ? __( 'Discard chosen', 'unified-inbox' ) : __( 'Park chosen again', 'unified-inbox' ) }
					</Button>
				</>
			) }
		</div>
	);
}

function Nothing( { isParked }: { isParked: boolean } ) {
	return (
		<Card>
			<Empty
				icon={ archive }
				title={ isParked ? __( 'Nothing is parked', 'unified-inbox' ) : __( 'Nothing was discarded', 'unified-inbox' ) }
			>
				{ isParked && __( 'Every mail of this mailbox found its place. What cannot be read or belongs to no ticket waits here for you.', 'unified-inbox' ) }
			</Empty>
		</Card>
	);
}

/** Mail of one mailbox that became no ticket: nothing is dropped, and nothing has to stay here. */
export function ParkedPage( { id }: { id: Id } ) {
	const shelf = useShelf( id );
	const isParked = shelf.outcome === 'parked';
	return (
		<Page
			title={ isParked ? __( 'Parked mail', 'unified-inbox' ) : __( 'Discarded mail', 'unified-inbox' ) }
			lead={ __( 'Mail that became no ticket by itself. Its bytes are kept, whatever you decide.', 'unified-inbox' ) }
			back={ <Back href={ to.mailbox( id ) }>{ __( 'Mailbox', 'unified-inbox' ) }</Back> }
			action={
				<Button variant="tertiary" onClick={ () => shelf.show( isParked ? 'discarded' : 'parked' ) } __next40pxDefaultSize>
					{ isParked ? __( 'Show discarded', 'unified-inbox' ) : __( 'Show parked', 'unified-inbox' ) }
				</Button>
			}
		>
			<Trouble problem={ shelf.work.problem } />
			<Wait loaded={ shelf.loaded }>
				{ ( { items, next } ) =>
					items.length ? (
						<>
							<BulkActs shelf={ shelf } ids={ items.map( ( mail ) => mail.id ) } />
							<ul className="uibs-mailboxes">
								{ items.map( ( mail ) => (
									<ParkedMailCard key={ mail.id } mail={ mail } shelf={ shelf } />
								) ) }
							</ul>
							{ next && (
								<Button variant="secondary" isBusy={ shelf.work.isBusy } onClick={ shelf.more } __next40pxDefaultSize>
									{ __( 'Show more', 'unified-inbox' ) }
								</Button>
							) }
						</>
					) : (
						<Nothing isParked={ isParked } />
					)
				}
			</Wait>
		</Page>
	);
}

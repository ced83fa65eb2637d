import { Button } from '@wordpress/components';
import { useState } from '@wordpress/element';
import { __, sprintf } from '@wordpress/i18n';
import { comment } from '@wordpress/icons';
import { toProblem } from '../../api/problem';
import type { ReplyLanguage, SavedReply } from '../../api/saved-replies-api';
import type { Page as Part } from '../../model';
import { Empty } from '../../parts/empty';
import { languageInWords, LANGUAGES } from '../../text/reply-language';
import { useSettings } from '../context';
import { TextField } from '../parts/field';
import { ListedCard, OpenButton } from '../parts/listed';
import { Card, Page, Wait } from '../parts/page';
import { settingsProblem } from '../problem-words';
import { to } from '../route';
import { useLoaded, type Loaded } from '../use-loaded';
import { reachInWords, usesInWords } from './reach-words';

type Listed = Loaded< Part< SavedReply > >;

function Add() {
	return (
		<Button variant="primary" href={ to.newSavedReply } __next40pxDefaultSize>
			{ __( 'Add a saved reply', 'unified-inbox' ) }
		</Button>
	);
}

/** Takes one away at once; the word about it brings it back. */
function useRemoval( { reload }: Listed ) {
	const { replies, notices } = useSettings();
	const bringBack = async ( { id }: SavedReply ): Promise< void > => {
		try {
			await replies.bringBack( id );
			notices.say( __( 'The saved reply is back.', 'unified-inbox' ) );
		} catch ( thrown ) {
			notices.warn( settingsProblem( toProblem( thrown ) ) );
		}
		await reload();
	};
	return async ( reply: SavedReply ): Promise< void > => {
		await replies.remove( reply.id );
		notices.say( __( 'The saved reply is removed.', 'unified-inbox' ), {
			label: __( 'Undo', 'unified-inbox' ),
			run: () => void bringBack( reply ),
		} );
		await reload();
	};
}

function Acts( { reply, onRemove }: { reply: SavedReply; onRemove: ( reply: SavedReply ) => Promise< void > } ) {
	const { notices } = useSettings();
	const remove = (): void =>
		void onRemove( reply ).catch( ( thrown ) => notices.warn( settingsProblem( toProblem( thrown ) ) ) );
	return (
		<>
			<OpenButton
				href={ to.savedReply( reply.id ) }
				/* translators: %s: name of a saved reply. */
				label={ sprintf( __( 'Edit %s', 'unified-inbox' ), reply.name ) }
			>
				{ __( 'Edit', 'unified-inbox' ) }
			</OpenButton>
			<Button
				variant="tertiary"
				isDestructive
				/* translators: %s: name of a saved reply. */
				aria-label={ sprintf( __( 'Remove %s', 'unified-inbox' ), reply.name ) }
				onClick={ remove }
				__next40pxDefaultSize
			>
				{ __( 'Remove', 'unified-inbox' ) }
			</Button>
		</>
	);
}

function Row( { reply, onRemove }: { reply: SavedReply; onRemove: ( reply: SavedReply ) => Promise< void > } ) {
	const written = LANGUAGES.filter( ( language: ReplyLanguage ) => language in reply.texts );
	return (
		<ListedCard
			title={
				<>
					{ reply.can_edit ? (
						<a href={ to.savedReply( reply.id ) } dir="auto">
							{ reply.name }
						</a>
					) : (
						<bdi>{ reply.name }</bdi>
					) }
					{ reply.shortcut && <bdi className="uibs-shortcut">/{ reply.shortcut }</bdi> }
				</>
			}
			acts={ reply.can_edit && <Acts reply={ reply } onRemove={ onRemove } /> }
		>
			<ul className="uibs-chips" aria-label={ __( 'Languages', 'unified-inbox' ) }>
				{ written.map( ( language ) => (
					<li key={ language } className="uibs-chip">
						{ languageInWords( language ) }
					</li>
				) ) }
			</ul>
			<p className="uibs-quiet">
				{ reachInWords( reply ) } · { usesInWords( reply.uses ) }
			</p>
		</ListedCard>
	);
}

function Nothing( { isSearch }: { isSearch: boolean } ) {
	return (
		<Card>
			{ isSearch ? (
				<p role="status">{ __( 'No saved reply holds these words. Try fewer of them.', 'unified-inbox' ) }</p>
			) : (
				<Empty icon={ comment } title={ __( 'Write it once', 'unified-inbox' ) } action={ <Add /> }>
					{ __( 'Keep what you answer again and again, in every language your customers write. In an answer, type / at the beginning of a line to put it in.', 'unified-inbox' ) }
				</Empty>
			) }
		</Card>
	);
}

/** Every saved reply that the reader sees, found by name, shortcut or words. */
export function SavedRepliesPage() {
	const { replies } = useSettings();
	const [ words, setWords ] = useState( '' );
	const loaded = useLoaded( () => replies.page( words ), words );
	const remove = useRemoval( loaded );
	const { items = [], next_cursor: next = null } = loaded.value ?? {};
	const more = async (): Promise< void > => {
		const part = await replies.page( words, next );
		loaded.set( { ...part, items: [ ...items, ...part.items ] } );
	};
	return (
		<Page
			title={ __( 'Saved replies', 'unified-inbox' ) }
			lead={ __( 'Texts for what is asked again and again. Names, references and the like are filled in when you use one.', 'unified-inbox' ) }
			action={ ( items.length > 0 || words !== '' ) && <Add /> }
		>
			{ ( items.length > 0 || words !== '' ) && (
				<TextField label={ __( 'Search saved replies', 'unified-inbox' ) } value={ words } maxLength={ 200 } onChange={ setWords } />
			) }
			<Wait loaded={ loaded }>
				{ () =>
					items.length ? (
						<ul className="uibs-mailboxes">
							{ items.map( ( reply ) => (
								<Row key={ reply.id } reply={ reply } onRemove={ remove } />
							) ) }
						</ul>
					) : (
						<Nothing isSearch={ words !== '' } />
					)
				}
			</Wait>
			{ next && (
				<Button variant="secondary" onClick={ () => void more() } __next40pxDefaultSize>
					{ __( 'Show more', 'unified-inbox' ) }
				</Button>
			) }
		</Page>
	);
}

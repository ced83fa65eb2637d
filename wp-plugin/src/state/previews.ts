import type { FilesApi } from '../api/files-api';
import type { Attachment, Id } from '../model';
import type { Preview } from '../preview';
import type { Conversation } from './conversation';
import { createStore, type Store } from './store';

/** Between two questions whether a picture is made, in milliseconds: two minutes in all. */
const PAUSES = [ 500, 1000, 1500, 2000, 3000, 4000, 8000, 15_000, 30_000, 60_000 ];

const FAILED: Preview = { state: 'possible', reason: '', pages: 0, pictures: [] };

export interface Previews {
	store: Store< { byFile: Record< Id, Preview > } >;
	/** What is known of a file's preview; null for a kind of file that has none. */
	of: ( file: Attachment ) => Preview | null;
	/** Lets there be a preview of this file, and waits until there is, or that cannot be. */
	want: ( file: Attachment ) => Promise< void >;
}

/** Previews that were asked for here; those made before come with their messages. */
export function previewsOfFiles(
	api: FilesApi,
	talk: Conversation,
	wait: ( run: () => void, milliseconds: number ) => unknown
): Previews {
	const store = createStore< { byFile: Record< Id, Preview > } >( { byFile: {} } );
	const asked = new Set< Id >();

	const of = ( file: Attachment ): Preview | null => {
		const isSettled = file.preview?.state === 'ready' || file.preview?.state === 'refused';
		return isSettled ? file.preview : store.get().byFile[ file.id ] ?? file.preview;
	};
	const show = ( id: Id, preview: Preview ): void => store.set( { byFile: { ...store.get().byFile, [ id ]: preview } } );
	// One question at a time: a mail with ten pictures must not keep the answer to its reader waiting.
	let last: Promise< unknown > = Promise.resolve();
	const inTurn = < T >( ask: () => Promise< T > ): Promise< T > => {
		const turn = last.then( ask, ask );
		last = turn;
		return turn;
	};
	const pause = ( milliseconds: number ): Promise< void > => new Promise( ( resolve ) => wait( resolve, milliseconds ) );

	const follow = async ( number: number, id: Id ): Promise< void > => {
		for ( const milliseconds of PAUSES ) {
			const preview = await inTurn( () => api.askPreview( number, id ) );
			show( id, preview );
			if ( preview.state !== 'waiting' || talk.store.get().number !== number ) {
				return;
			}
			await pause( milliseconds );
		}
	};

	return {
		store,
		of,
		want: async ( file ) => {
			const { number } = talk.store.get();
			const { state } = of( file ) ?? {};
			if ( number === null || asked.has( file.id ) || ( state !== 'possible' && state !== 'waiting' ) ) {
				return;
			}
			asked.add( file.id );
			// Without its picture a file can still be downloaded: nobody need hear of a failure here.
			await follow( number, file.id ).catch( () => show( file.id, FAILED ) );
			asked.delete( file.id );
		},
	};
}

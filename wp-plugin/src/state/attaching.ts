import type { InboxApi } from '../api/inbox-api';
import { Problem, toProblem } from '../api/problem';
import type { Addressing, Id, Upload } from '../model';
import { createStore, type Store } from './store';

/** Below the one MiB that web servers take for a request; a lost connection costs one piece. */
const PIECE = 768 * 1024;
const TRIES = 5;

/** What a composer needs of a file the browser has. */
export type Sendable = Pick< Blob, 'size' | 'type' | 'slice' > & { name: string };

export interface OutgoingFile {
	/** The browser's own name of it; the service's is known once it was begun. */
	key: string;
	id: Id | null;
	name: string;
	size: number;
	received: number;
	/** Under which the text shows it; null for a file beside the text. */
	contentId: string | null;
	/** Fetches a whole one from the service, for ten minutes from when it was listed. */
	token: string | null;
	/** Why it is not coming: refused, or the connection is gone for long. */
	problem: Problem | null;
}

export interface AttachingState {
	number: number | null;
	files: OutgoingFile[];
	/** Who gets an answer and may send it; null until it is known. */
	addressing: Addressing | null;
}

export interface Attaching {
	store: Store< AttachingState >;
	open: ( number: number | null ) => Promise< void >;
	/** Asks the service again what waits: a mail took its files, or gave them back. */
	refresh: () => Promise< void >;
	add: ( files: readonly Sendable[] ) => Promise< void >;
	/** Brings a picture for the text; gives its Content-ID when it is whole, null where it does not come. */
	embed: ( file: Sendable ) => Promise< string | null >;
	/** The picture under a Content-ID: its content where it was put in on this page, else a token for it. */
	picture: ( contentId: string ) => Sendable | string | null;
	retry: ( key: string ) => Promise< void >;
	remove: ( key: string ) => Promise< void >;
	/** The files that go along with a text that is sent now; of its pictures those it still shows. */
	ids: ( html?: string ) => Id[];
}

function known( { id, name, size, received, content_id: contentId, file_token: token }: Upload ): OutgoingFile {
	// The bytes of a half one are in another page, or gone with it.
	const problem = received < size ? new Problem( 'upload_interrupted', 409 ) : null;
	return { key: id, id, name, size, received, contentId, token, problem };
}

export function isWhole( { id, size, received }: OutgoingFile ): boolean {
	return id !== null && received >= size;
}

/** Whether a file goes along: a picture that was taken out of the text again does not. */
export function isSent( { contentId }: OutgoingFile, html: string ): boolean {
	return ! contentId || html.includes( `cid:${ contentId }` );
}

/** Those that are on their way, pictures of the text too: sending must wait for them. */
export function coming( files: readonly OutgoingFile[] ): OutgoingFile[] {
	return files.filter( ( file ) => ! isWhole( file ) && ! file.problem );
}

/**
 * The files of a ticket's next mail: uploaded one by one, in pieces, kept by the service until it is
 * sent. `onChosen` is called when the agent has added one that is here now, or has removed one.
 */
export function attaching(
	api: InboxApi,
	pause: ( milliseconds: number ) => Promise< void > = waiting,
	onChosen: () => void = () => undefined
): Attaching {
	const store = createStore< AttachingState >( { number: null, files: [], addressing: null } );
	const contents = new Map< string, Sendable >();
	/** The keys of those that are pictures within the text. */
	const embedded = new Set< string >();
	/** Those of this page by their Content-ID; the service's list knows no contents. */
	const pictures = new Map< string, Sendable >();
	let serial = 0;
	let last: Promise< void > = Promise.resolve();

	const change = ( key: string, patch: Partial< OutgoingFile > ): void =>
		store.set( { files: store.get().files.map( ( one ) => ( one.key === key ? { ...one, ...patch } : one ) ) } );
	const find = ( key: string ): OutgoingFile | undefined => store.get().files.find( ( one ) => one.key === key );

	/** Sends the next piece; after a lost answer the service says where to go on. */
	const sendPiece = async ( file: OutgoingFile & { id: Id }, content: Sendable ): Promise< number > => {
		for ( let tried = 1; ; tried++ ) {
			try {
				const piece = content.slice( file.received, file.received + PIECE );
				return ( await api.putPiece( file.id, file.received, piece ) ).received;
			} catch ( thrown ) {
				const problem = toProblem( thrown );
				if ( problem.code === 'offset_wrong' ) {
					return problem.details.received as number;
				}
				if ( ! problem.isUndecided || tried === TRIES ) {
					throw problem;
				}
				await pause( 1000 * tried );
			}
		}
	};

	const upload = async ( number: number, key: string, content: Sendable ): Promise< void > => {
		try {
			const begun = find( key );
			if ( begun && begun.id === null ) {
				const { name, type, size } = content;
				const isInline = embedded.has( key );
				const { id, received, content_id: contentId } = await api.beginUpload( number, name, type, size, isInline );
				if ( contentId ) {
					pictures.set( contentId, content );
				}
				change( key, { id, received, contentId } );
			}
			// Removed meanwhile, or another ticket is open: then nobody waits for the rest.
			for ( let file = find( key ); file?.id && ! isWhole( file ); file = find( key ) ) {
				change( key, { received: await sendPiece( { ...file, id: file.id }, content ) } );
			}
			if ( find( key ) ) {
				onChosen();
			}
		} catch ( thrown ) {
			change( key, { problem: toProblem( thrown ) } );
		}
	};

	const enqueue = ( number: number, key: string, content: Sendable ): Promise< void > => {
		// One at a time: they share one connection, and each is weighed with those before it.
		last = last.then( () => upload( number, key, content ) );
		return last;
	};

	const refresh = async (): Promise< void > => {
		const { number } = store.get();
		if ( number === null ) {
			return;
		}
		// Either is a help: without them the ticket can still be read and answered.
		const [ uploads, addressing ] = await Promise.all( [
			api.uploads( number ).catch( () => [] ),
			api.addressing( number ).catch( () => null ),
		] );
		if ( store.get().number === number ) {
			const coming = store.get().files.filter( ( file ) => contents.has( file.key ) && ! isWhole( file ) );
			const others = uploads.filter( ( { id } ) => ! coming.some( ( file ) => file.id === id ) );
			store.set( { files: [ ...others.map( known ), ...coming ], addressing } );
		}
	};

	const add = async ( files: readonly Sendable[], areInline = false ): Promise< string[] > => {
		const { number } = store.get();
		if ( number === null ) {
			return [];
		}
		const added = files.map( ( file ) => ( { file, key: `new-${ ++serial }` } ) );
		const rows = added.map( ( { file: { name, size }, key } ) => ( { key, id: null, name, size, received: 0, contentId: null, token: null, problem: null } ) );
		store.set( { files: [ ...store.get().files, ...rows ] } );
		await Promise.all(
			added.map( ( { file, key } ) => {
				contents.set( key, file );
				if ( areInline ) {
					embedded.add( key );
				}
				return enqueue( number, key, file );
			} )
		);
		return added.map( ( { key } ) => key );
	};

	return {
		store,
		open: async ( number ) => {
			contents.clear();
			embedded.clear();
			store.set( { number, files: [], addressing: null } );
			await refresh();
		},
		refresh,
		add: async ( files ) => {
			await add( files );
		},
		embed: async ( file ) => {
			const [ key = '' ] = await add( [ file ], true );
			const row = find( key );
			return row && isWhole( row ) ? row.contentId : null;
		},
		picture: ( contentId ) =>
			pictures.get( contentId ) ?? store.get().files.find( ( file ) => file.contentId === contentId )?.token ?? null,
		retry: async ( key ) => {
			const { number } = store.get();
			const content = contents.get( key );
			if ( number !== null && content ) {
				change( key, { problem: null } );
				await enqueue( number, key, content );
			}
		},
		remove: async ( key ) => {
			const file = find( key );
			store.set( { files: store.get().files.filter( ( one ) => one.key !== key ) } );
			contents.delete( key );
			if ( file?.id ) {
				onChosen();
				// What stays behind is forgotten by the service after a day.
				await api.removeUpload( file.id ).catch( () => undefined );
			}
		},
		ids: ( html ) =>
			store
				.get()
				.files.filter( ( file ) => isWhole( file ) && ( html === undefined || isSent( file, html ) ) )
				.flatMap( ( { id } ) => id ?? [] ),
	};
}

function waiting( milliseconds: number ): Promise< void > {
	return new Promise( ( done ) => setTimeout( done, milliseconds ) );
}

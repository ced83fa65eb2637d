import { useEffect, useMemo, useRef, useState } from '@wordpress/element';
import { __ } from '@wordpress/i18n';
import { Icon, lock } from '@wordpress/icons';
import { fileUrl } from '../boot';
import { RichText } from '../editor/rich-text';
import type { Pictures } from '../editor/types';
import type { Ticket } from '../model';
import { useDesk } from '../state/context';
import { howOf, wayOfKey } from '../state/send-ways';
import { useStore } from '../state/store';
import { AttachButton, ComposerFiles, useFileDrop } from './composer-files';
import { Recipients } from './composer-recipients';
import { SendButtons, useUsualWay } from './composer-send';
import { useTriggers } from './composer-triggers';
import { ComposerWarnings } from './composer-warnings';
import { DraftWords } from './draft-words';
import { OtherDraft } from './other-draft';
import { SignatureLine } from './signatures';
import { SendAnyway } from './send-anyway';
import { Unseen } from './unseen';

const TABS = { reply: () => __( 'Reply', 'unified-inbox' ), note: () => __( 'Note', 'unified-inbox' ) };

type Tab = keyof typeof TABS;

function Tabs( { names }: { names: readonly Tab[] } ) {
	const { reply } = useDesk();
	const tab = useStore( reply.store, ( state ) => state.tab );
	return (
		<div className="uib-composer__tabs" role="group" aria-label={ __( 'What to write', 'unified-inbox' ) }>
			{ names.map( ( name ) => (
				<button
					key={ name }
					type="button"
					className="uib-composer__tab"
					aria-pressed={ tab === name }
					onClick={ () => reply.write( { tab: name } ) }
				>
					{ name === 'note' && <Icon icon={ lock } size={ 16 } /> }
					{ TABS[ name ]() }
				</button>
			) ) }
		</div>
	);
}

/** Puts pictures into the text as files of its mail, and shows them until it is sent. */
function usePictures(): Pictures {
	const { attaching, boot } = useDesk();
	// Draws the text again when the list of its pictures has come.
	useStore( attaching.store, ( { files } ) => files );
	return useMemo( () => {
		const addresses = new Map< string, string >();
		return {
			add: ( file ) => attaching.embed( file ),
			addressOf: ( contentId ) => {
				const picture = attaching.picture( contentId );
				if ( typeof picture === 'string' ) {
					return fileUrl( boot, picture );
				}
				if ( picture instanceof Blob && ! addresses.has( contentId ) ) {
					addresses.set( contentId, URL.createObjectURL( picture ) );
				}
				return addresses.get( contentId ) ?? null;
			},
			// Another list brings other addresses, or the same within a minute: then it stays as it is.
			onLost: () => void attaching.refresh(),
		};
	}, [ attaching, boot ] );
}

function Field( { toolbar }: { toolbar: HTMLElement | null } ) {
	const { reply, send, typing, boot } = useDesk();
	const { number, tab, phase, html, ...draft } = useStore( reply.store, ( state ) => state );
	const isWanted = useStore( typing, ( state ) => state.number === number );
	useEffect( () => {
		if ( isWanted ) {
			typing.set( { number: null } );
		}
	}, [ isWanted ] );
	const pictures = usePictures();
	const { triggers, popup, popover, onReady } = useTriggers( tab, toolbar );
	const usual = useUsualWay();
	const onKey = ( event: KeyboardEvent ): boolean => {
		const way = wayOfKey( event, usual );
		if ( way ) {
			void send( howOf( way ) );
			return true;
		}
		if ( event.key === 'Escape' && ! popup ) {
			event.stopPropagation();
			( event.target as HTMLElement ).blur();
			return true;
		}
		return false;
	};
	return (
		<>
			<RichText
				key={ `${ number } ${ tab }` }
				address={ boot.editorUrl }
				words={ { text: draft[ tab ], html: html[ tab ] } }
				onChange={ ( words ) => reply.write( { [ tab ]: words.text, html: { ...reply.store.get().html, [ tab ]: words.html } } ) }
				label={ TABS[ tab ]() }
				placeholder={
					tab === 'note'
						? __( 'Only your team will see this', 'unified-inbox' )
						: __( 'Write your reply', 'unified-inbox' )
				}
				direction={ boot.isRtl ? 'rtl' : 'ltr' }
				isReadOnly={ phase === 'sending' }
				isWanted={ isWanted }
				triggers={ triggers }
				popup={ popup }
				pictures={ tab === 'reply' ? pictures : undefined }
				toolbar={ toolbar }
				onKey={ onKey }
				onReady={ onReady }
			/>
			{ popover }
		</>
	);
}

/** What can be written in a ticket: where its customer was erased, notes alone. */
function useTabs( { erased }: Ticket ): readonly Tab[] {
	const { reply } = useDesk();
	const tab = useStore( reply.store, ( state ) => state.tab );
	useEffect( () => {
		if ( erased && tab === 'reply' ) {
			reply.write( { tab: 'note' } );
		}
	}, [ erased, tab ] );
	return erased ? [ 'note' ] : [ 'reply', 'note' ];
}

/** Tells the styles how high the answer is: what is said at the foot of a small screen stands above it. */
function useHeightSaid() {
	const place = useRef< HTMLElement >( null );
	useEffect( () => {
		const desk = place.current?.closest< HTMLElement >( '.uib-desk' );
		const say = ( height: number ): void => desk?.style.setProperty( '--uib-answer', `${ height }px` );
		const observer = new ResizeObserver( () => say( place.current?.offsetHeight ?? 0 ) );
		observer.observe( place.current! );
		return () => {
			observer.disconnect();
			say( 0 );
		};
	}, [] );
	return place;
}

/** Where a reply or a note is written; a note's ground is yellow, so that nobody sends one. */
export function Composer( { ticket }: { ticket: Ticket } ) {
	const { reply } = useDesk();
	const { tab, phase, problem, insist } = useStore( reply.store, ( state ) => state );
	const drop = useFileDrop();
	const tabs = useTabs( ticket );
	const place = useHeightSaid();
	const [ toolbar, setToolbar ] = useState< HTMLElement | null >( null );
	return (
		<section
			ref={ place }
			className="uib-composer"
			data-tab={ tab }
			aria-label={ __( 'Answer', 'unified-inbox' ) }
			aria-busy={ phase === 'sending' }
			{ ...drop }
		>
			<Unseen />
			<OtherDraft />
			<div className="uib-composer__top">
				<Tabs names={ tabs } />
				{ tab === 'reply' && ! ticket.erased && <Recipients ticket={ ticket } /> }
			</div>
			{ ticket.erased && (
				<p className="uib-composer__warning" role="status">
					{ __( 'The customer asked for everything about them to be erased: there is nobody to answer.', 'unified-inbox' ) }
				</p>
			) }
			<Field toolbar={ toolbar } />
			<SignatureLine inbox={ ticket.inbox_id } />
			<ComposerFiles />
			{ tab === 'reply' && ! ticket.erased && <ComposerWarnings /> }
			{ problem && (
				<p className="uib-composer__problem" role="alert">
					{ problem }{ ' ' }
					{ insist && <SendAnyway how={ insist } /> }
				</p>
			) }
			<div className="uib-composer__foot">
				{ tab === 'reply' && <AttachButton /> }
				<div className="uib-composer__tools" ref={ setToolbar } />
				<DraftWords />
				<SendButtons />
			</div>
		</section>
	);
}

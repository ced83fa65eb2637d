import './dom';
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { Problem } from '../../src/api/problem';
import type { Message } from '../../src/model';
import { frameDocument, remoteAddress, SANDBOX } from '../../src/text/mail-frame';
import { FakeService } from './fake-service';
import { file, message, ticket } from './samples';
import { BOOT, openScreen } from './screen';

const MAIL = { html: '', direction: 'ltr' as const, attachments: [], filesRoot: BOOT.filesRoot, showRemote: false };

const parse = ( change: Partial< Parameters< typeof frameDocument >[ 0 ] > ) =>
	new DOMParser().parseFromString( frameDocument( { ...MAIL, ...change } ), 'text/html' );

async function show( t: TestContext, change: Partial< Message > ) {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1', change ) ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	return screen;
}

test( 'of a message that is passed on, files can be left out and taken along again', async ( t ) => {
	const screen = await show( t, { attachments: [ file( '12' ), file( '13' ), file( '14', { inline: true } ) ] } );
	await screen.click( 'Forward' );
	assert.match( screen.text( '.uib-composer' ), /message from .Petra Lindqvist.*file-12\.pdf.*file-13\.pdf/s );
	await screen.click( 'Leave out file-12.pdf' );
	assert.deepEqual( screen.desk.reply.store.get().files, [ '13' ] );
	await screen.click( 'Pass all its files on' );
	assert.equal( screen.desk.reply.store.get().files, null );
} );

test( 'of many recipients three are named, the others when asked for', async ( t ) => {
	const many = Array.from( { length: 30 }, ( _, place ) => ( { name: `Person ${ place }.`, email: `p${ place }@a.example` } ) );
	const screen = await show( t, { to: many.slice( 0, 4 ), cc: many.slice( 4 ) } );
	assert.doesNotMatch( screen.text( '.uib-message__to' ), /Person 3\./ );
	await screen.click( 'and 27 more' );
	assert.match( screen.text( '.uib-message__to' ), /Person 3\..*Person 29\./ );
} );

test( 'an address of ours stands without the mark of its ticket, and whole in the original', async ( t ) => {
	const email = 'billing+tgragu642qnfdixzbwjz3l6ciysb2x@shop.example';
	const screen = await show( t, { to: [ { name: '', email } ] } );
	assert.match( screen.text( '.uib-message__to' ), /to .billing@shop\.example/ );
	assert.equal( document.querySelector< HTMLElement >( '.uib-message__to' )?.title, email );
} );

test( 'four recipients are all named: "and 1 more" would be no shorter', async ( t ) => {
	const screen = await show( t, { to: ['A', 'B', 'C', 'D'].map( ( name ) => ( { name, email: `${ name }@a.example` } ) ) } );
	assert.match( screen.text( '.uib-message__to' ), /A.*B.*C.*D/ );
} );

test( 'what a message passed on is folded below it', async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	const passedOn = message( '2', { kind: 'out', text: 'Can you mend it?', forwards_id: '1' } );
	service.messages.set( 7, [ message( '1', { text: 'The handle is loose.' } ), passedOn ] );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	const sent = screen.all( '.uib-message' )[ 1 ]!;
	assert.doesNotMatch( sent.textContent ?? '', /The handle is loose/ );
	await screen.click( sent.querySelector< HTMLElement >( '.uib-message__forwarded button' )! );
	assert.match( sent.textContent ?? '', /Forwarded message from .Petra Lindqvist.*petra@customer\.example.*The handle is loose/s );
} );

test( 'the frame of a mail runs no script and sends no form', () => {
	assert.doesNotMatch( SANDBOX, /allow-scripts|allow-forms|allow-top-navigation/ );
	const policy = parse( { html: '<p>Hello</p>' } ).querySelector( 'meta[http-equiv]' )?.getAttribute( 'content' ) ?? '';
	assert.match( policy, /default-src 'none'/ );
	assert.match( policy, /form-action 'none'; base-uri 'none'/ );
	assert.match( policy, /img-src data: https:\/\/shop\.example\/wp-json\/unified-inbox\/v1\/files\/;/ );
} );

test( 'pictures inside a mail come by their file tokens', () => {
	const attachments = [ file( 'a', { content_id: 'logo@x', file_token: 'tok/en' } ) ];
	const page = parse( { html: '<img src="cid:logo@x"><img src="cid:%zz">', attachments } );
	assert.equal( page.querySelector( 'img' )?.getAttribute( 'src' ), `${ BOOT.filesRoot }tok%2Fen` );
} );

test( 'pictures from elsewhere are held back until the reader wants them', () => {
	const html = '<img data-remote-src="https://pixel.example/a.png">';
	assert.equal( parse( { html } ).querySelector( 'img' )?.getAttribute( 'src' ), null );
	const shown = parse( { html, showRemote: true } );
	assert.equal( shown.querySelector( 'img' )?.getAttribute( 'src' ), 'https://pixel.example/a.png' );
	assert.match( shown.querySelector( 'meta[http-equiv]' )?.getAttribute( 'content' ) ?? '', /files\/ https:;/ );
} );

test( 'no picture may come from us, from an inner network or without https', () => {
	const refused = [
		'http://pixel.example:8080/a.png',
		'https://me:word@pixel.example/a.png',
		'https://shop.example/wp-json/x',
		'https://SHOP.example/x',
		'https://127.0.0.1/x',
		'https://2130706433/x',
		'https://[::1]/x',
		'https://localhost/x',
		'https://router/x',
		'https://printer.local/x',
		'https://db.internal/x',
		'javascript:alert(1)',
		'//pixel.example/a.png',
		'',
	];
	assert.deepEqual( refused.filter( ( address ) => remoteAddress( address, 'shop.example' ) ), [] );
	assert.equal( remoteAddress( 'http://pixel.example/a.png', 'shop.example' ), 'https://pixel.example/a.png' );
} );

test( 'the background of a table is held back like any picture', () => {
	const html = '<table data-remote-background="https://p.example/a.png"><tbody><tr><td>x</td></tr></tbody></table>';
	assert.doesNotMatch( frameDocument( { ...MAIL, html } ), /background-image/ );
	const shown = parse( { html, showRemote: true } ).querySelector< HTMLElement >( 'table' );
	assert.match( shown?.style.backgroundImage ?? '', /^url\("https:\/\/p\.example\/a\.png/ );
} );

test( 'pictures behind the styles of a mail are held back like any other', () => {
	const html = `<div class="m--body" data-pictures="https://p.example/a?b='&quot;)&amp;c http://127.0.0.1/b https://p.example/c">` +
		'<p style="background: red var(--p0, none)">x</p></div>';
	assert.doesNotMatch( frameDocument( { ...MAIL, html } ), /url\(/ );
	const shown = parse( { html, showRemote: true } ).querySelector< HTMLElement >( '.m--body' );
	assert.match( shown?.style.getPropertyValue( '--p0' ) ?? '', /^url\("https:\/\/p\.example\/a\?b=(%27|')%22\)&c"\)$/ );
	assert.equal( shown?.style.getPropertyValue( '--p1' ), '' );
	assert.match( shown?.style.getPropertyValue( '--p2' ) ?? '', /p\.example\/c/ );
} );

test( "a mail's own sheet styles its frame and cannot end its element", () => {
	const page = parse( { html: '<div class="m--body" data-sheet=".m--body .m-a {color: red}"><p class="m-a">x</p></div>' } );
	assert.equal( page.querySelectorAll( 'style' )[ 1 ]?.textContent, '.m--body .m-a {color: red}' );
	assert.equal( page.querySelectorAll( '[data-sheet]' ).length, 0 );
	const evil = parse( { html: '<div class="m--body" data-sheet="&lt;/style&gt;&lt;p id=out&gt;">x</div>' } );
	assert.equal( evil.querySelectorAll( '#out' ).length, 0 );
} );

test( 'links of a mail open beside the inbox and say nothing about it', () => {
	const link = parse( { html: '<a href="https://a.example" target="_top">x</a>' } ).querySelector( 'a' );
	assert.deepEqual( [ link?.getAttribute( 'target' ), link?.getAttribute( 'rel' ) ], [ '_blank', 'noopener noreferrer' ] );
} );

test( 'a mail keeps its own direction', async ( t ) => {
	assert.match( frameDocument( { ...MAIL, direction: 'rtl' } ), /<html dir="rtl">/ );
	const screen = await show( t, { text: 'مرحبا', direction: 'rtl' } );
	assert.equal( screen.all( '.uib-text' )[ 0 ]?.getAttribute( 'dir' ), 'rtl' );
} );

test( 'HTML is shown only inside the sandboxed frame', async ( t ) => {
	const screen = await show( t, { html: '<p id="inside">Hi</p>' } );
	assert.equal( screen.all( '#inside' ).length, 0 );
	const frame = screen.all( 'iframe' )[ 0 ];
	assert.equal( frame?.getAttribute( 'sandbox' ), SANDBOX );
	assert.match( frame?.getAttribute( 'srcdoc' ) ?? '', /id="inside"/ );
} );

test( 'the text of a mail is never read as HTML', async ( t ) => {
	const screen = await show( t, { text: '<img src=x onerror=alert(1)>' } );
	assert.equal( screen.all( '.uib-text img' ).length, 0 );
	assert.match( screen.text( '.uib-text' ), /<img src=x/ );
} );

test( 'quoted text is folded behind a button', async ( t ) => {
	const screen = await show( t, { folded_text: '> what you wrote' } );
	assert.doesNotMatch( screen.text( '.uib-text' ), /what you wrote/ );
	await screen.click( 'Show quoted text' );
	assert.match( screen.text( '.uib-text' ), /what you wrote/ );
} );

test( 'held pictures are counted, and one click shows them', async ( t ) => {
	const screen = await show( t, { html: '<img data-remote-src="https://p.example/a.png">', remote_images: 1 } );
	assert.match( screen.text( '.uib-held' ), /1 image from elsewhere/ );
	await screen.click( 'Show images' );
	assert.equal( screen.all( '.uib-held' ).length, 0 );
} );

const PICTURED = { html: '<img data-remote-src="https://p.example/a.png">', remote_images: 1, sender_proven: true };
const ALWAYS = 'Always from \u2068petra@customer.example\u2069';
const frameOf = ( screen: Awaited< ReturnType< typeof show > > ) => screen.all( 'iframe' )[ 0 ]?.getAttribute( 'srcdoc' ) ?? '';

test( "a sender's pictures can be shown always, and held back again, by keyboard too", async ( t ) => {
	const screen = await show( t, PICTURED );
	assert.doesNotMatch( frameOf( screen ), / src="https/ );
	await screen.click( ALWAYS );
	assert.match( frameOf( screen ), / src="https:\/\/p\.example/ );
	assert.match( screen.text( '.uib-held' ), /Images from .petra@customer\.example. are always shown/ );
	assert.equal( document.activeElement, screen.named( 'Hold them back' ) );
	await screen.click( 'Hold them back' );
	assert.doesNotMatch( frameOf( screen ), / src="https/ );
	assert.equal( document.activeElement, screen.named( 'Show images' ) );
} );

test( "a sender's choice is told to the service, and counts for his other proven mails here", async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	const other = { type: 'customer', id: 'c2', name: 'Eve', email: 'eve@customer.example' };
	const mails = [ PICTURED, PICTURED, { ...PICTURED, sender_proven: false }, { ...PICTURED, author: other } ];
	service.messages.set( 7, mails.map( ( one, place ) => message( String( 9 - place ), one ) ) );
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	await screen.click( ALWAYS );
	const shown = screen.desk.talk.store.get().messages.filter( ( one ) => one.shows_images ).map( ( { id } ) => id );
	assert.deepEqual( shown, [ '9', '8' ] );
	await screen.click( 'Hold them back' );
	const told = service.calls.filter( ( { path } ) => path.endsWith( '/pictures' ) ).map( ( { method, path } ) => `${ method } ${ path }` );
	assert.match( told.join( ' ' ), /^PUT \/tickets\/7\/messages\/\d\/sender\/pictures DELETE / );
} );

test( 'pictures cannot be shown always of a sender nobody vouches for, nor by who only reads', async ( t ) => {
	const forged = await show( t, { ...PICTURED, sender_proven: false } );
	assert.deepEqual( forged.all( '.uib-held button' ).map( ( { textContent } ) => textContent ), [ 'Show images' ] );
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1', { ...PICTURED, shows_images: true } ) ] );
	const reader = await openScreen( service, '#/open/ticket/7', { canReply: false } );
	t.after( reader.leave );
	assert.equal( reader.all( '.uib-held button' ).length, 0 );
	assert.match( frameOf( reader ), / src="https/ );
} );

test( 'when a choice of pictures does not reach the service, they stay held back', async ( t ) => {
	const service = new FakeService();
	service.tickets = [ ticket( 7 ) ];
	service.messages.set( 7, [ message( '1', PICTURED ) ] );
	service.faults = [ [ 'PUT /tickets/7/messages', new Problem( 'service_unreachable', 503 ) ] ];
	const screen = await openScreen( service, '#/open/ticket/7' );
	t.after( screen.leave );
	await screen.click( ALWAYS );
	assert.doesNotMatch( frameOf( screen ), / src="https/ );
	assert.match( screen.text( '.uib-notice' ), /did not answer/ );
} );

test( 'attachments are links with name and size, pictures of the mail are not', async ( t ) => {
	const attachments = [ file( 'a' ), file( 'b', { inline: true, content_id: 'x' } ) ];
	const screen = await show( t, { html: '<p>Hi</p>', attachments } );
	assert.deepEqual( screen.all( '.uib-chip' ).map( ( chip ) => chip.textContent ), [ 'Download file-a.pdf2 KB' ] );
	assert.equal( screen.all( '.uib-chip' )[ 0 ]?.getAttribute( 'href' ), `${ BOOT.filesRoot }token-a` );
} );

test( 'what became of a reply is said in words', async ( t ) => {
	const detail = '550 no such user';
	const sending = { state: 'failed' as const, reason: 'refused' as const, detail, since: null, due_at: null };
	const screen = await show( t, { kind: 'out', sending } );
	assert.match( screen.text( '.uib-sending[data-state=failed]' ), /Not sent.*550 no such user/ );
} );

test( 'automatic mail, new people and mail sent elsewhere are marked', async ( t ) => {
	const screen = await show( t, { automatic: 'bounce', new_person: true, sent_elsewhere: true } );
	assert.match( screen.text( '.uib-mark' ), /Delivery report.*New person.*Sent from the mailbox/ );
} );

const BOUNCE = { recipient: 'petra@customer.example', status: '5.1.1', hard: true, reason: 'no_such_address' as const };
const NOTHING = { bounces: [], invitation: null, protection: null };

test( 'a bounce says for whom, why, and that it is final', async ( t ) => {
	const screen = await show( t, { automatic: 'bounce', particulars: { ...NOTHING, bounces: [ BOUNCE ] } } );
	const words = screen.all( '.uib-particular' )[ 0 ]?.textContent ?? '';
	assert.match( words, /petra@customer\.example/ );
	assert.match( words, /There is no such address.*It will not arrive\..*5\.1\.1/ );
} );

test( 'an invitation shows what, when and where', async ( t ) => {
	const invitation = {
		method: 'request', summary: 'Fitting', place: 'Shop', organizer: 'Ana', starts: '2025-03-03T14:06', ends: '',
		zone: 'Our Shop', starts_at: null, ends_at: null, answer: '', repeats: false,
	};
	const screen = await show( t, { particulars: { ...NOTHING, invitation } } );
	assert.match( screen.all( '.uib-particular' )[ 0 ]?.textContent ?? '', /Invitation Fitting.*March 3, 2025.*2:06.*Our Shop.*Shop.*Ana/s );
} );

test( 'an encrypted mail says what it is', async ( t ) => {
	const screen = await show( t, { particulars: { ...NOTHING, protection: 'pgp_encrypted' as const } } );
	assert.match( screen.all( '.uib-particular' )[ 0 ]?.textContent ?? '', /encrypted \(PGP\)/ );
} );

test( 'a message that was erased says so, and who wrote it has no name', async ( t ) => {
	const nobody = { type: 'customer', id: '4', name: '', email: '' };
	const screen = await show( t, { erased: true, text: '', html: null, author: nobody } );
	assert.match( screen.text( '.uib-message' ), /\(no name\).*Erased/ );
} );

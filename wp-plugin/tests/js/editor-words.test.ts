import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linkAddress } from '../../src/editor/schema';
import { docOf, wordsOf } from '../../src/editor/words';

const plain = ( text: string ) => wordsOf( docOf( { text, html: '' } ) );
const formatted = ( html: string ) => wordsOf( docOf( { text: '', html } ) );

test( 'plain text stays plain text, line by line', () => {
	const text = 'Dear Petra,\n\n  two blanks  kept\nمرحبا\n\nAna';
	assert.deepEqual( plain( text ), { text, html: '' } );
} );

test( 'nothing is no words', () => {
	assert.deepEqual( plain( '' ), { text: '', html: '' } );
} );

test( 'every line of a formatted text has its own direction', () => {
	const { html } = formatted( '<div>Your order <b>17</b></div><div>طلبك</div>' );
	assert.equal( html, '<div dir="ltr">Your order <b>17</b></div><div dir="rtl">طلبك</div>' );
} );

test( 'a list stands on the side of its words, which no list can find out by itself', () => {
	assert.equal( formatted( '<ol><li>الأزرق</li><li>الأحمر</li></ol>' ).html, '<ol dir="rtl"><li>الأزرق</li><li>الأحمر</li></ol>' );
	assert.match( formatted( '<blockquote><div>اقتباس</div></blockquote>' ).html, /^<blockquote dir="rtl"><div dir="rtl">/ );
} );

test( 'what was written is read again as it was, so that a draft is the same on every screen', () => {
	const html =
		'<div dir="ltr">See <a href="https://shop.example/a?b=1&amp;c=2">the <b>page</b></a></div><div dir="auto"><br></div>' +
		'<ul dir="ltr"><li>one<ol dir="ltr"><li>inner</li></ol></li><li>two</li></ul>' +
		'<blockquote dir="ltr"><div dir="ltr">you wrote<br>this</div></blockquote>' +
		'<div dir="auto"><img src="cid:a@inline" alt="roof.png"></div>' +
		'<div dir="ltr"><span data-mention="agent:12">@Ana Lopez</span> look</div>';
	assert.equal( formatted( html ).html, html );
} );

test( 'the plain text of a mail says all that its formatted text says', () => {
	const { text } = formatted(
		'<div>Choose <b>one</b> of <a href="https://shop.example/pots/">our pots</a>:</div>' +
			'<ul><li>blue<ol><li>small</li><li>large</li></ol></li><li>red</li></ul>' +
			'<blockquote><div>Which one?</div><div><br></div><blockquote><div>Hello</div></blockquote></blockquote>' +
			'<div><img src="cid:x@inline" alt="roof.png"> <a href="https://shop.example">shop.example</a></div>'
	);
	assert.equal(
		text,
		[
			'Choose one of our pots <https://shop.example/pots/>:',
			'- blue',
			'  1. small',
			'  2. large',
			'- red',
			'> Which one?',
			'>',
			'>> Hello',
			'[roof.png] shop.example',
		].join( '\n' )
	);
} );

test( 'signs of HTML in words stay words', () => {
	const { html } = formatted( '<div><b>1 &lt; 2 &amp; "3"</b></div>' );
	assert.equal( html, '<div dir="auto"><b>1 &lt; 2 &amp; &quot;3&quot;</b></div>' );
} );

test( 'several blanks in a formatted text are as many for the reader', () => {
	const { html } = formatted( '<div><b>a</b>&nbsp;&nbsp; b</div>' );
	assert.match( html, /<b>a<\/b>(\u00a0|&nbsp;){2} b/ );
} );

test( 'a link leads to pages, people and telephones only', () => {
	assert.equal( formatted( '<div><a href="javascript:alert(1)">press</a></div>' ).html, '' );
	assert.equal( linkAddress( 'shop.example/a b' ), null );
	assert.equal( linkAddress( 'javascript:alert(1)' ), null );
	assert.equal( linkAddress( ' shop.example/a ' ), 'https://shop.example/a' );
	assert.equal( linkAddress( 'ana@shop.example' ), 'mailto:ana@shop.example' );
	assert.equal( linkAddress( 'http://shop.example' ), 'http://shop.example' );
} );

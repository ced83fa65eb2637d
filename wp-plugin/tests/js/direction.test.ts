import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { directionOf, directQuotes, partsOf } from '../../src/text/direction';

const directed = ( html: string ) => {
	const page = new DOMParser().parseFromString( html, 'text/html' );
	directQuotes( page );
	return Array.from( page.querySelectorAll( 'blockquote, .uib-folded' ), ( one ) => one.getAttribute( 'dir' ) );
};

test( 'the direction is that of most lines, and the first breaks a tie', () => {
	assert.equal( directionOf( 'Hello' ), 'ltr' );
	assert.equal( directionOf( 'مرحبا' ), 'rtl' );
	assert.equal( directionOf( 'שלום' ), 'rtl' );
	assert.equal( directionOf( 'iPhone وصل\nشكرا\nجزيلا' ), 'rtl' );
	assert.equal( directionOf( 'Hello\nمرحبا' ), 'ltr' );
	assert.equal( directionOf( 'مرحبا\nHello' ), 'rtl' );
} );

test( 'addresses and numbers say nothing of the direction', () => {
	assert.equal( directionOf( 'https://shop.example مرحبا' ), 'rtl' );
	assert.equal( directionOf( 'ana@shop.example\nمرحبا' ), 'rtl' );
	assert.equal( directionOf( '> 123: مرحبا' ), 'rtl' );
	assert.equal( directionOf( '123' ), 'ltr' );
} );

test( 'each quote in a text has the direction of its own words', () => {
	const text = 'شكرا لكم\n\n> It comes on Monday.\n>> متى يصل الطلب؟\n>\n> Ana';
	assert.deepEqual( partsOf( text, 'rtl' ).map( ( part ) => part.direction ), [ 'rtl', 'ltr', 'rtl', 'ltr' ] );
	assert.equal( partsOf( text, 'rtl' ).map( ( part ) => part.text ).join( '\n' ), text );
} );

test( 'what stands in no quote has the direction the service found', () => {
	assert.deepEqual( partsOf( 'Hello\n> مرحبا', 'rtl' ), [ { text: 'Hello\n> مرحبا', direction: 'rtl' } ] );
	assert.equal( partsOf( 'From: Ana\n\nHello' )[ 0 ]?.direction, 'ltr' );
} );

test( 'each quote in HTML has the direction of its own words', () => {
	const html = '<blockquote><p>Hello</p><p>there</p><blockquote>مرحبا<br>شكرا<br>جزيلا</blockquote></blockquote>';
	assert.deepEqual( directed( html ), [ 'ltr', 'rtl' ] );
} );

test( 'what its sender said of the direction of a quote stands', () => {
	assert.deepEqual( directed( '<blockquote dir="rtl">Hello</blockquote>' ), [ 'rtl' ] );
	assert.deepEqual( directed( '<blockquote>123</blockquote>' ), [ null ] );
} );

test( 'the mail that Outlook puts below an answer has its own direction', () => {
	assert.deepEqual( directed( '<p>شكرا</p><div class="uib-folded"><b>From:</b> Ana<br>Hello</div>' ), [ 'ltr' ] );
} );

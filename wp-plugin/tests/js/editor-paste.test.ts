import './dom';
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readHtml, wordsOf } from '../../src/editor/words';

const pasted = ( html: string ) => wordsOf( readHtml( html ) );

/** As Word puts a list on the clipboard: paragraphs whose signs are hidden in comments. */
const WORD = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta name=Generator content="Microsoft Word 15"><style>p.MsoNormal {margin:0cm;font-size:11.0pt;}</style>
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head><body lang=EN-GB>
<!--StartFragment-->
<p class=MsoNormal style='margin-bottom:0cm'><b><span style='font-family:Calibri'>Offer</span></b><span lang=EN-US> for you<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>&middot;<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>Blue pot</p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>a)<span>&nbsp;</span></span></span><![endif]>with a plate</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span><span
style='mso-list:Ignore'>&middot;<span>&nbsp;</span></span></span><![endif]>Red <i>pot</i></p>
<!--EndFragment--></body></html>`;

test( 'a text with a list from Word comes as a text with a list', () => {
	assert.equal(
		pasted( WORD ).html,
		'<div dir="ltr"><b>Offer</b> for you</div>' +
			'<ul dir="ltr"><li>Blue pot<ol dir="ltr"><li>with a plate</li></ol></li><li>Red <i>pot</i></li></ul>'
	);
} );

test( 'lines of Gmail come as lines, without its fonts and colours', () => {
	const html =
		'<meta charset="utf-8"><div dir="ltr" style="font-family:Arial;color:rgb(34,34,34)">Hello Ana,<div><br></div>' +
		'<div>please send the <span style="font-weight:700">blue</span> one.</div><div><br></div><div>Rita</div></div><br class="Apple-interchange-newline">';
	const { text, html: kept } = pasted( html );
	assert.equal( text.trim(), 'Hello Ana,\n\nplease send the blue one.\n\nRita' );
	assert.match( kept, /<b>blue<\/b>/ );
	assert.doesNotMatch( kept, /style|font|color/ );
} );

test( 'what Google Docs wraps in a bold that is none is not bold', () => {
	const html = '<b style="font-weight:normal" id="docs-internal-guid-1"><p dir="ltr" style="margin-bottom:0pt"><span style="font-weight:400">Plain</span></p></b>';
	assert.deepEqual( pasted( html ), { text: 'Plain', html: '' } );
} );

test( 'paragraphs of a page keep an empty line between them', () => {
	assert.equal( pasted( '<p>One</p>\n<p>Two</p>' ).text, 'One\n\nTwo' );
	assert.equal( pasted( '<p style="margin:0">One</p><p style="margin:0">Two</p>' ).text, 'One\nTwo' );
} );

test( 'a heading is a bold line, and a row of a table a line of its cells', () => {
	const { text, html } = pasted( '<h2>Prices</h2><table><tbody><tr><td><p>Pot</p></td><td>12 EUR</td></tr></tbody></table>' );
	assert.equal( text.replace( / +/g, ' ' ), 'Prices\nPot | 12 EUR' );
	assert.match( html, /<b>Prices<\/b>/ );
} );

test( 'nothing that runs, loads or hides comes along', () => {
	const { html, text } = pasted(
		'<div onclick="go()"><b>Hi</b><script>alert(1)</script><style>b{}</style><img src="https://track.example/1.png" onerror="go()">' +
			'<iframe src="https://x.example"></iframe><svg><script>1</script></svg></div><!-- secret -->'
	);
	assert.deepEqual( { html, text }, { html: '<div dir="ltr"><b>Hi</b></div>', text: 'Hi' } );
} );

test( 'Arabic keeps its direction among English lines', () => {
	const { html } = pasted( '<div dir="rtl"><b>مرحبا</b> Rita</div><div>Hello</div>' );
	assert.equal( html, '<div dir="rtl"><b>مرحبا</b> Rita</div><div dir="ltr">Hello</div>' );
} );

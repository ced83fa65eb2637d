"""Pictures of mails before and after cleaning, and how alike they are."""

from __future__ import annotations

import base64
from pathlib import Path

from playwright.sync_api import Page

# Both pictures drawn small, so that a letter's edge that moved by a point counts little; the share
# of points whose colour is nearly the same.
_ALIKE = """async (pictures) => {
  const [ before, after ] = await Promise.all( pictures.map( async ( data ) => {
    const image = await createImageBitmap( await ( await fetch( data ) ).blob() );
    const canvas = new OffscreenCanvas( 175, Math.floor( image.height / 4 ) );
    const pen = canvas.getContext( '2d' );
    pen.fillStyle = '#fff';
    pen.fillRect( 0, 0, 175, canvas.height );
    pen.drawImage( image, 0, 0, image.width / 4, image.height / 4 );
    return pen.getImageData( 0, 0, 175, canvas.height ).data;
  } ) );
  let alike = 0;
  for ( let at = 0; at < before.length; at += 4 ) {
    const far = [ 0, 1, 2 ].map( ( part ) => Math.abs( before[ at + part ] - after[ at + part ] ) );
    alike += Math.max( ...far ) <= 24 ? 1 : 0;
  }
  return alike / ( before.length / 4 );
}"""


def picture(page: Page, document: str, path: Path, height: int) -> bytes:
    """Show a document and keep its picture; anew, as a policy would stay from the last one."""
    page.reload()
    page.set_content(document, wait_until="load")
    return page.screenshot(path=path, clip={"x": 0, "y": 0, "width": 700, "height": height})


def height_of(page: Page, document: str) -> int:
    """Return how high a document is, which is what its frame grows to."""
    page.reload()
    page.set_content(document, wait_until="load")
    height = page.evaluate("document.documentElement.getBoundingClientRect().height")
    return min(800, int(height))


def alikeness(page: Page, before: bytes, after: bytes) -> float:
    """Return how alike two pictures are, from 0 to 1."""
    pictures = [
        f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in (before, after)
    ]
    return float(page.evaluate(_ALIKE, pictures))

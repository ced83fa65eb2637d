/** The plugin's own frame, for a page that has nothing else of the plugin. */
import { frameDocument, SANDBOX } from '../../wp-plugin/src/text/mail-frame';

Object.assign( window, { frameDocument, SANDBOX } );

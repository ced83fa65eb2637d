<?php
use UnifiedInbox\Languages;

final class LanguagesTest extends Plugin_Test_Case {

	public function test_filipino_by_its_other_name_reads_the_tagalog_file(): void {
		$this->assertSame( '/x/unified-inbox-tl.mo', Languages::tagalog_for_filipino( '/x/unified-inbox-fil.mo', 'unified-inbox' ) );
		$this->assertSame( '/x/unified-inbox-tl.mo', Languages::tagalog_for_filipino( '/x/unified-inbox-fil_PH.mo', 'unified-inbox' ) );
	}

	public function test_the_script_gets_it_as_well(): void {
		$file = apply_filters( 'load_script_translation_file', '/x/unified-inbox-fil-unified-inbox-app.json', 'unified-inbox-app', 'unified-inbox' );
		$this->assertSame( '/x/unified-inbox-tl-unified-inbox-app.json', $file );
	}

	public function test_other_plugins_and_languages_are_left_alone(): void {
		$this->assertSame( '/x/other-fil.mo', Languages::tagalog_for_filipino( '/x/other-fil.mo', 'other' ) );
		$this->assertSame( '/x/unified-inbox-ar.mo', Languages::tagalog_for_filipino( '/x/unified-inbox-ar.mo', 'unified-inbox' ) );
		$this->assertFalse( Languages::tagalog_for_filipino( false, 'unified-inbox' ) );
	}

	/** @dataProvider locales */
	public function test_an_agent_reads_the_plugin_in_their_own_language( string $locale ): void {
		if ( ! is_readable( Languages::folder() . "/unified-inbox-$locale.mo" ) ) {
			$this->markTestSkipped( 'Run wp-plugin/build-languages.py first.' );
		}
		load_textdomain( 'unified-inbox', Languages::folder() . "/unified-inbox-$locale.mo", $locale );
		$words = __( 'Pairing code', 'unified-inbox' );
		unload_textdomain( 'unified-inbox', true );
		$this->assertNotSame( 'Pairing code', $words );
	}

	public function locales(): array {
		return array( array( 'ar' ), array( 'tl' ) );
	}
}

<?php
use UnifiedInbox\Forms\Definition;
use UnifiedInbox\Forms\Definitions;
use UnifiedInbox\Pairing;

final class DefinitionTest extends Doors_Test_Case {

	public function test_canonical_json_is_what_python_writes_with_sorted_keys(): void {
		$value = json_decode( '{"b":[{"z":1,"a":"é/\u2028\u001f"}],"a":{},"c":[],"10":true,"9":null}' );
		// json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
		$this->assertSame( "{\"10\":true,\"9\":null,\"a\":{},\"b\":[{\"a\":\"é/\u{2028}\\u001f\",\"z\":1}],\"c\":[]}", Definition::canonical( $value ) );
	}

	public function test_a_form_the_service_signed_is_read(): void {
		$form = Definitions::find( '' );
		$this->assertSame( array( '5', 'Contact us', 6 ), array( $form->id, $form->name, count( $form->fields ) ) );
	}

	public function test_a_form_somebody_altered_in_the_database_is_not_shown(): void {
		$form = $this->form();
		$form['definition']['fields'][0]['label']['en'] = 'Your password';
		$this->publish( $form );
		$this->assertNull( Definitions::find( '5' ) );
	}

	public function test_a_form_signed_with_another_key_is_not_shown(): void {
		$form              = $this->form();
		$form['signature'] = Definition::signature( json_decode( wp_json_encode( $form['definition'] ) ), 'another' );
		$this->publish( $form );
		$this->assertSame( array(), Definitions::all() );
	}

	public function test_labels_follow_the_language_of_the_visitor(): void {
		$label = static function ( string $locale ): string {
			add_filter( 'determine_locale', $as = static function () use ( $locale ): string {
				return $locale;
			} );
			$label = Definitions::find( '5' )->fields[0]->label();
			remove_filter( 'determine_locale', $as );
			return $label;
		};
		$this->assertSame( array( 'Your name', 'اسمك', 'tl Your name', 'tl Your name', 'Your name' ), array_map( $label, array( 'en_GB', 'ar', 'tl', 'fil_PH', 'de_DE' ) ) );
	}

	public function test_a_form_is_shown_without_asking_the_service(): void {
		Definitions::find( '5' );
		$this->assertSame( array(), $this->service->requests );
	}

	public function test_old_forms_are_fetched_again_behind_the_visitors_back(): void {
		update_option( Definitions::OPTION, array( 'at' => time() - 601 ) + get_option( Definitions::OPTION ) );
		$this->assertNotNull( Definitions::find( '5' ) );
		$this->assertSame( array(), $this->service->requests );
		$this->assertNotFalse( wp_next_scheduled( Definitions::TIMER ) );
	}

	public function test_the_first_visitor_of_all_brings_the_forms(): void {
		delete_option( Definitions::OPTION );
		delete_transient( Definitions::TRIED );
		$this->service->answers( 'GET /forms', 200, array( 'items' => array( $this->form() ) ) );
		$this->assertSame( '5', Definitions::find( '' )->id );
		$this->assertSame( 'plugin', $this->claims( $this->service->requests[0] )['typ'] );
	}

	public function test_a_service_that_is_down_is_asked_for_forms_once_a_minute_only(): void {
		delete_option( Definitions::OPTION );
		delete_transient( Definitions::TRIED );
		$this->service->is_down( 'GET /forms' );
		$this->assertNull( Definitions::find( '' ) );
		$this->assertNull( Definitions::find( '' ) );
		$this->assertCount( 1, $this->service->requests );
	}

	public function test_a_change_by_a_manager_is_seen_at_once(): void {
		$this->log_in( 'administrator' );
		$form         = $this->form();
		$form['name'] = 'Ask us';
		$this->service->answers( 'PATCH /forms/5', 200, $form );
		$this->service->answers( 'GET /forms', 200, array( 'items' => array( $form ) ) );
		$this->rest( 'PATCH', 'api/forms/5', array(), '{"name":"Ask us"}' );
		$this->assertSame( 'Ask us', Definitions::find( '5' )->name );
	}

	public function test_unpairing_forgets_the_forms(): void {
		Pairing::unpair();
		$this->assertFalse( get_option( Definitions::OPTION ) );
	}
}

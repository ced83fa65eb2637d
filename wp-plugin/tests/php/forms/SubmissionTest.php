<?php
use UnifiedInbox\Forms\Definitions;
use UnifiedInbox\Forms\Entry;
use UnifiedInbox\Forms\Submission;

final class SubmissionTest extends Doors_Test_Case {

	private function read( array $fields = array(), array $files = array() ): Submission {
		return Submission::read( Definitions::find( '5' ), $this->filled_in( $fields )['unified_inbox'], $files, 'is_readable' );
	}

	public function test_a_message_arrives_as_it_was_typed(): void {
		$read = $this->read( array( 'message' => "a < b & \"c\"\r\n<script>x</script> \\n" ) );
		$this->assertSame( array(), $read->errors );
		$this->assertSame( "a < b & \"c\"\n<script>x</script> \\n", $read->values['message'] );
	}

	public function test_a_line_stays_one_line(): void {
		$this->assertSame( 'a Bcc: b@example.test', $this->read( array( 'subject' => "a\r\nBcc: b@example.test" ) )->values['subject'] );
	}

	/** @dataProvider mistakes */
	public function test_each_mistake_is_told_at_its_field( string $field, string $typed, string $words ): void {
		$read = $this->read( array( $field => $typed ) );
		$this->assertSame( array( $field ), array_keys( $read->errors ) );
		$this->assertStringContainsString( $words, $read->errors[ $field ] );
	}

	public function mistakes(): array {
		return array(
			array( 'name', ' ', 'Fill in: Your name' ),
			array( 'email', 'lina@', 'complete e-mail address' ),
			array( 'message', "\n", 'Fill in: Message' ),
			array( 'name', str_repeat( 'ش', 81 ), 'at most 80' ),
			array( 'consent', '', 'agreement' ),
		);
	}

	public function test_what_may_stay_empty_may_stay_empty(): void {
		$this->assertSame( array(), $this->read( array( 'subject' => '' ) )->errors );
	}

	public function test_fields_the_form_does_not_have_are_left_out(): void {
		$this->assertArrayNotHasKey( 'role', $this->read( array( 'role' => 'administrator' ) )->values );
	}

	public function test_a_list_in_place_of_a_text_is_no_text(): void {
		$read = Submission::read( Definitions::find( '5' ), array( 'name' => array( 'a' ) ), array() );
		$this->assertArrayHasKey( 'name', $read->errors );
	}

	public function test_a_new_field_of_the_service_needs_no_new_plugin(): void {
		$this->publish( $this->form( array( array( 'name' => 'order', 'type' => 'barcode', 'label' => array( 'en' => 'Order' ), 'required' => true ) ) ) );
		$this->assertSame( 'Fill in: Order', $this->read()->errors['order'] );
		$this->assertSame( 'A-7', $this->read( array( 'order' => 'A-7' ) )->values['order'] );
	}

	public function test_files_are_taken_by_their_field(): void {
		$read = $this->read( array(), array( 'attachment' => $this->sent_file( 'a.txt', 'hi' ), 'other' => $this->sent_file( 'b.txt', 'no' ) ) );
		$this->assertSame( array( 'a.txt' ), array_column( $read->files, 'name' ) );
	}

	public function test_pressing_twice_is_one_entry_with_one_reference(): void {
		$make = function ( string $message, string $token ): Entry {
			return Entry::make( '5', $this->read( array( 'message' => $message ) )->values, array(), $token, 'http://x' );
		};
		$this->assertSame( $make( 'a', 't' )->body['entry_key'], $make( 'a', 't' )->body['entry_key'] );
		$this->assertSame( $make( 'a', 't' )->shown_reference(), $make( 'a', 't' )->shown_reference() );
		$this->assertNotSame( $make( 'a', 't' )->body['entry_key'], $make( 'b', 't' )->body['entry_key'] );
		$this->assertNotSame( $make( 'a', 't' )->body['entry_key'], $make( 'a', 'u' )->body['entry_key'] );
	}

	public function test_a_reference_has_eight_letters_nobody_mistakes(): void {
		for ( $i = 0; $i < 50; $i++ ) {
			$this->assertMatchesRegularExpression( '/^[0-9ABCDEFGHJKMNPQRSTVWXYZ]{8}$/', Entry::make( '5', array( 'n' => $i ), array(), 't', '' )->shown_reference() );
		}
	}
}

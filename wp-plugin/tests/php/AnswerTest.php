<?php
use UnifiedInbox\Answer;

final class AnswerTest extends Plugin_Test_Case {

	private function answer( int $status, string $body, string $etag = '' ): Answer {
		return Answer::from_http( array(
			'response' => array( 'code' => $status, 'message' => '' ),
			'headers'  => new WpOrg\Requests\Utility\CaseInsensitiveDictionary( array( 'etag' => $etag ) ),
			'body'     => $body,
			'cookies'  => array(),
		) );
	}

	public function test_only_the_two_hundreds_are_fine(): void {
		$fine = array_filter( array( 199, 200, 201, 204, 299, 300, 404, 500 ), function ( int $status ): bool {
			return $this->answer( $status, '' )->ok();
		} );
		$this->assertSame( array( 200, 201, 204, 299 ), array_values( $fine ) );
	}

	public function test_an_empty_body_is_null_and_the_version_is_kept(): void {
		$answer = $this->answer( 204, '', '"3"' );
		$this->assertNull( $answer->body );
		$this->assertSame( '"3"', $answer->etag );
	}

	/** @dataProvider odd_bodies */
	public function test_asking_an_odd_body_for_a_text_gives_an_empty_one( string $body ): void {
		$this->assertSame( '', $this->answer( 500, $body )->text( 'code' ) );
	}

	public function odd_bodies(): array {
		return array( array( '' ), array( 'null' ), array( '[]' ), array( '"x"' ), array( '{}' ), array( '{"code":["x"]}' ), array( '{"code":{"a":1}}' ), array( '<html>' ) );
	}

	public function test_an_error_names_its_code_its_status_and_its_field(): void {
		$error = $this->answer( 422, '{"code":"https_required","field":"service_url"}' )->error();
		$this->assertSame( 'https_required', $error->get_error_code() );
		$this->assertSame( array( 'status' => 422, 'field' => 'service_url' ), $error->get_error_data() );
	}

	public function test_a_failure_without_a_code_still_has_one(): void {
		$this->assertSame( 'service_error', $this->answer( 500, '<html>' )->error()->get_error_code() );
	}

	public function test_ids_too_big_for_a_browser_stay_texts(): void {
		$this->assertSame( '9223372036854775807', $this->answer( 200, '{"id":"9223372036854775807"}' )->text( 'id' ) );
	}
}

import { __ } from '@wordpress/i18n';
import { useSettings } from '../context';
import { Copy } from '../parts/copy';
import { ExternalLink } from '../parts/external-link';

const CONSOLE = 'https://console.cloud.google.com';

/** Who publishes the notices of every Gmail account (Gmail API guide, push notifications). */
const PUBLISHER = 'gmail-api-push@system.gserviceaccount.com';

const TOPIC = `P=$GOOGLE_CLOUD_PROJECT; S=unified-inbox
gcloud services enable pubsub.googleapis.com
gcloud pubsub topics create $S
gcloud pubsub topics add-iam-policy-binding $S --role=roles/pubsub.publisher --member=serviceAccount:${ PUBLISHER }
echo projects/$P/topics/$S`;

const SUBSCRIPTION = `P=$GOOGLE_CLOUD_PROJECT; S=unified-inbox; A=unified-inbox-listener@$P.iam.gserviceaccount.com
gcloud pubsub subscriptions create $S --topic=$S --expiration-period=never --message-retention-duration=1h
gcloud iam service-accounts create unified-inbox-listener
gcloud pubsub subscriptions add-iam-policy-binding $S --role=roles/pubsub.subscriber --member=serviceAccount:$A
gcloud iam service-accounts keys create key.json --iam-account=$A
echo projects/$P/subscriptions/$S; cloudshell download key.json`;

function TopicStep() {
	return (
		<li>
			<ExternalLink href={ `${ CONSOLE }/?cloudshell=true` }>{ __( 'Open Cloud Shell in the project of your Google app', 'unified-inbox' ) }</ExternalLink>
			<p>{ __( 'Paste this: it makes the topic in which Google says that there is new mail, and prints its name.', 'unified-inbox' ) }</p>
			<Copy text={ TOPIC } label={ __( 'Copy the commands for the topic', 'unified-inbox' ) } />
		</li>
	);
}

/** How to let the service fetch Google's notices. */
export function PullSteps() {
	return (
		<ol className="uibs-how">
			<TopicStep />
			<li>
				{ __( 'Paste this too: it makes a subscription and a key that can do nothing but read it, and downloads the key.', 'unified-inbox' ) }
				<Copy text={ SUBSCRIPTION } label={ __( 'Copy the commands for the subscription', 'unified-inbox' ) } />
			</li>
			<li>{ __( 'Bring both names and the key here.', 'unified-inbox' ) }</li>
		</ol>
	);
}

/** How to let Google send its notices to the site. */
export function PushSteps() {
	const { boot } = useSettings();
	return (
		<ol className="uibs-how">
			<TopicStep />
			<li>
				<ExternalLink href={ `${ CONSOLE }/cloudpubsub/subscription/create` }>{ __( 'Create a subscription of that topic', 'unified-inbox' ) }</ExternalLink>
				<p>{ __( 'Delivery type: Push, to this address. Switch authentication on, and choose a service account and an audience.', 'unified-inbox' ) }</p>
				<Copy text={ boot.pushAddress } label={ __( 'Copy the address for pushes', 'unified-inbox' ) } />
			</li>
			<li>{ __( 'Bring the audience and the service account’s address here.', 'unified-inbox' ) }</li>
		</ol>
	);
}

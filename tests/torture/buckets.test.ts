import { bucketDeletion } from './lines/bucket-deletion.ts';
import { bucketFailures } from './lines/bucket-failures.ts';
import { bucketIds } from './lines/bucket-ids.ts';
import { bucketListing } from './lines/bucket-listing.ts';
import { bucketBreaks, bucketBusy } from './lines/bucket-writes.ts';
import { tortureTests } from './torture-tests.ts';

tortureTests('buckets', [bucketBusy, bucketBreaks, bucketDeletion, bucketListing, bucketFailures, bucketIds]);

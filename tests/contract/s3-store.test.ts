import { describeObjectStore } from './object-store.contract.ts';
import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { openTestBucket } from './open-test-stores.ts';

const s3 = await acquireS3();

describeObjectStore({ name: nameWith('The S3 store', s3), isSkipped: !s3.ok }, () => openTestBucket(s3));

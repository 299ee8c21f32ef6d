import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { openTestBucket, openTestFolder } from '../contract/open-test-stores.ts';
import { describeLibraryStore } from './library-store.contract.ts';

const s3 = await acquireS3();

describeLibraryStore({ name: 'Libraries in a folder' }, openTestFolder);
describeLibraryStore({ name: nameWith('Libraries in S3', s3), isSkipped: !s3.ok }, () => openTestBucket(s3));

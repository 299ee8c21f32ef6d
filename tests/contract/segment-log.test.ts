import { acquireS3, nameWith } from '../s3-server/acquire-s3.ts';
import { openTestBucket, openTestFolder } from './open-test-stores.ts';
import { describeSegmentLog } from './segment-log.contract.ts';

const s3 = await acquireS3();

describeSegmentLog({ name: 'What changes, in a folder:' }, openTestFolder);
describeSegmentLog({ name: nameWith('What changes, in S3', s3), isSkipped: !s3.ok }, () =>
  openTestBucket(s3),
);

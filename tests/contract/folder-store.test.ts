import { describeObjectStore } from './object-store.contract.ts';
import { openTestFolder } from './open-test-stores.ts';

describeObjectStore({ name: 'The folder store' }, openTestFolder);

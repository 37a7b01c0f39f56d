import { describe, it } from 'vitest';
import { openCollections } from '../../src/store/open-store.ts';
import { freshMongoPlace, mongoSkipReason, mongoUri } from '../support/stores.ts';
import { collectionContract } from './collection-contract.ts';

const reason = mongoSkipReason;
if (reason === undefined) {
  collectionContract({
    name: 'MongoDB',
    open: async () => {
      const place = freshMongoPlace(mongoUri);
      const collections = await openCollections({ mongoUri: place.uri });
      const again = await openCollections({ mongoUri: place.uri });
      return {
        collections,
        again,
        close: async () => {
          await Promise.all([collections.close(), again.close()]);
          await place.drop();
        },
      };
    },
  });
} else {
  describe('a collection on MongoDB', () => {
    it.skip(reason, () => undefined);
  });
}

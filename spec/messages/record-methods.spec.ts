import { expect } from 'chai';
import { isRecord, Record } from 'immutable';
import { RecordMethods } from '../../lib/messages/record-methods.js';

describe('RecordMethods', () => {
  it('are those of every Record, whatever its fields', () => {
    const methods = new RecordMethods();
    const record = new (Record({ text: '' }))();
    for (const name of ['getIn', 'hasIn', 'update', 'merge', 'mergeDeep', 'setIn', 'updateIn', 'deleteIn', 'toJS']) {
      expect(methods[name as 'merge'], name)
        .to.be.a('function')
        .and.equal(record[name as 'merge']);
    }
    expect(isRecord(methods)).to.equal(true);
  });

  it('bring no storage of their own', () => {
    expect(Reflect.ownKeys(new RecordMethods())).to.deep.equal([]);
  });
});

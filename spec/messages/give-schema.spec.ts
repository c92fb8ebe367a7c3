import { expect } from 'chai';
import { giveSchema } from '../../lib/messages/give-schema.js';
import { schemaOf } from '../../lib/messages/message-fields.js';
import { Message } from '../../lib/messages/message.js';

describe('giveSchema', () => {
  class Weather extends Message {}
  giveSchema(Weather, schemaOf('Weather', { ...Message.prototype.schema.defaults, degrees: 20, merge: 'a field' }));

  it('gives a class its fields, with their defaults', () => {
    expect(new Weather()).to.have.property('degrees', 20);
    expect(new Weather({ degrees: 30 } as never)).to.have.property('degrees', 30);
  });

  it('leaves a method that has the name of a field', () => {
    expect(new Weather().merge).to.be.a('function');
    expect(new Weather().get('merge')).to.equal('a field');
  });

  it('makes the class known to fromJSON', () => {
    expect(Message.fromJSON({ $type: 'Weather', degrees: 10 }))
      .to.be.instanceOf(Weather)
      .with.property('degrees', 10);
  });
});

import { expect } from 'chai';
import { Recorder } from '../../../lib/testing/recording/recorder.js';
import { failureOf } from '../../streams/support.js';
import { MessagePromise } from '../../../lib/streams/message-promise.js';

describe('Recorder', () => {
  const interaction = { id: '7', agent: 'leaf' };
  const inside = { id: '7.2', parent: '7', agent: 'inner' };

  it('writes of the runs that were inquired since it began, with ids of its own', () => {
    const recorder = new Recorder();
    recorder.take({ type: 'started', interaction: { id: '6', agent: 'before' } });
    recorder.take({ type: 'inquired', interaction, params: { at: new Date(0), call: () => 1 }, path: '' });
    recorder.take({ type: 'inquired', interaction: inside, params: {}, path: '' });
    recorder.take({ type: 'inquired', interaction: { id: '6.1', parent: '6', agent: 'orphan' }, params: {}, path: '' });
    expect(recorder.events.map((event) => ('run' in event ? event.run : ''))).to.deep.equal(['1', '1.2', '2']);
    expect(recorder.events[0]).to.deep.include({ params: { at: '1970-01-01T00:00:00.000Z', call: 'call (function)' } });
    expect(recorder.events[2]).not.to.have.property('parent');
  });

  it('knows a message again, and writes of errors and of the end', () => {
    const recorder = new Recorder();
    recorder.take({ type: 'inquired', interaction, params: {}, path: '' });
    recorder.take({ type: 'inquired', interaction: inside, params: {}, path: '' });
    const message = MessagePromise.of('a');
    recorder.take({ type: 'received', interaction, message });
    recorder.take({ type: 'received', interaction: inside, message });
    recorder.takeErrorOrEnd({ type: 'replied', interaction, failure: failureOf(new RangeError('boom')) });
    recorder.takeErrorOrEnd({ type: 'replied', interaction });
    const shown = recorder.events.slice(2).map((event) => [event.type, 'message' in event ? event.message : '']);
    expect(shown).to.deep.equal([
      ['received', '1<1'],
      ['resolved', '1<1'],
      ['received', '1<1'],
      ['replied', ''],
      ['repliedAll', ''],
    ]);
  });
});

import { expect } from 'chai';
import { InvalidArgumentError, LifecycleError, Message, miniagent, MiniAgents } from 'miniagents';
import { marbles, record, Recording, toMarbleDiagram } from 'miniagents/testing';
import { runs } from './runs.js';

describe('toMarbleDiagram', () => {
  it('draws a recording, and the text that it was kept in, alike', () => {
    const recording = runs['eight agents']?.() as Recording;
    const again = Recording.parse(String(recording));
    expect(toMarbleDiagram(again).toSVG()).to.equal(toMarbleDiagram(recording).toSVG());
  });

  it('draws a MiniAgents as far as it has come, whenever it is asked', () => {
    marbles(({ cold }) => {
      const miniAgents = new MiniAgents();
      const leaf = miniagent('leaf', () => Message.stream(cold('--a-b-(c|)')));
      const top = miniagent('top', (ctx) => ctx.inquire(leaf));
      const diagram = toMarbleDiagram(miniAgents, { title: 'under way' });
      expect(diagram.toText()).to.equal('under way\nNothing happened in this run.\n');
      void miniAgents.run(() => top.inquire('go'));
      cold('---(x|)').subscribe(() => {
        expect(diagram.toText()).to.include('2 runs of 2 agents, 2 messages, 1 token, 2 not ended, in 2 ms');
      });
      cold('----------(x|)').subscribe(() => {
        expect(diagram.toText()).to.include('2 runs of 2 agents, 2 messages, 3 tokens, in 6 ms');
        expect(diagram.toText()).to.match(/^top {5}o-+\|\n {8}> go\n {2}leaf {2}O-+'-+'-+\|$/m);
      });
    });
  });

  it('draws a MiniAgents that is being recorded by its recording', () => {
    const miniAgents = new MiniAgents();
    const recording = record(miniAgents);
    expect(() => toMarbleDiagram(miniAgents)).to.throw(LifecycleError, 'recorded already');
    expect(toMarbleDiagram(recording).toText()).to.include('Nothing happened');
    recording.stop();
  });

  it('refuses what is neither, and a title that is no text', () => {
    for (const wrong of [undefined, null, 'run.jsonl', {}, { events: 'none' }])
      expect(() => toMarbleDiagram(wrong as never)).to.throw(
        InvalidArgumentError,
        'expected a Recording or a MiniAgents',
      );
    expect(() => toMarbleDiagram(new Recording(), { title: 1 as never })).to.throw(
      InvalidArgumentError,
      'a string as title',
    );
  });
});

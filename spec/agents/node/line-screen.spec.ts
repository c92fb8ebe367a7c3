import { expect } from 'chai';
import { LineScreen } from '../../../lib/agents/node/line-screen.js';
import { Written } from './console-support.js';

describe('LineScreen', () => {
  it('writes to the screen at once, and is as wide', () => {
    const output = Object.assign(new Written(true), { columns: 42 });
    const screen = new LineScreen(output);
    screen.write('one ');
    output.write('two ');
    screen.write('three');
    expect(screen.columns).to.equal(42);
    return output.has('one two three');
  });

  it('hears of changes of the window only while it listens', () => {
    const output = new Written(true);
    const screen = new LineScreen(output);
    let heard = 0;
    screen.on('resize', () => heard++);
    const resize = () => output.emit('resize') && heard;
    resize();
    screen.listen(true);
    screen.listen(true);
    expect(resize()).to.equal(1);
    screen.listen(false);
    resize();
    expect(heard).to.equal(1);
    expect(output.listenerCount('resize')).to.equal(0);
  });
});

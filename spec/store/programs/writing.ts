import { Message } from 'miniagents';

/** The message of a number, for who writes it and for who looks for it: of various sizes, with others inside. */
export function messageOf(number: number): Message {
  const shared = new Message({ text: `shared ${Math.floor(number / 10)}` });
  const text = `message ${number} ${'é'.repeat((number * 7919) % 3000)}`;
  return new Message({
    text,
    data: number % 3 === 0 ? { inside: [shared, new Message({ text: `own ${number}` })] } : {},
  });
}

import { defineMessage } from 'miniagents';

/** Says whose words come next. A class of its own, so that nobody takes it for something that was said. */
export const Heading = defineMessage('Heading', {});

import { memoryStore } from 'miniagents/store';
import { storeCases } from './cases.js';

describe('memoryStore', () => {
  storeCases(async () => ({ open: memoryStore }), { lasting: false });
});

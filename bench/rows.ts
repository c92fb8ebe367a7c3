import type { Row } from './harness/row.js';
import { depth } from './growth-depth.js';
import { history, longMessage } from './growth-history.js';
import { queue } from './growth-queue.js';
import { tokensOverHttpRows } from './w1-tokens-over-http.js';
import { nestedAgents } from './w2-nested-agents.js';
import { tenThousandAgents, thousandAgents } from './w3-parallel-agents.js';
import { memoryOfMessages } from './w4-memory.js';
import { sockets } from './w5-sockets.js';
import { identities } from './w7-identity.js';

/** Every row of the table. */
export const rows: readonly Row[] = [
  ...tokensOverHttpRows,
  nestedAgents,
  thousandAgents,
  tenThousandAgents,
  memoryOfMessages,
  sockets,
  ...identities,
  queue,
  depth,
  history,
  longMessage,
];

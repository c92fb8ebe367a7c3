import { expect } from 'chai';
import * as core from 'miniagents';
import * as agents from 'miniagents/agents';
import * as agentsForNode from 'miniagents/agents/node';
import * as anthropic from 'miniagents/anthropic';
import * as openai from 'miniagents/openai';
import * as testing from 'miniagents/testing';
import * as testingForNode from 'miniagents/testing/node';
import * as trace from 'miniagents/trace';
import * as store from 'miniagents/store';
import * as indexeddb from 'miniagents/store/indexeddb';
import * as jsonl from 'miniagents/store/jsonl';
import * as postgres from 'miniagents/store/postgres';
import * as sqlite from 'miniagents/store/sqlite';

/** `default` and `__esModule` are what loading a CommonJS file adds, not names of ours. */
const namesOf = (entry: object): string[] =>
  Object.keys(entry)
    .filter((name) => name !== 'default' && name !== '__esModule')
    .sort();

// Every value that users can import, written out by hand: a new name is a decision, a lost one a breaking change.
// Types are in the API reports (etc/*.api.md).
describe('exports', () => {
  it('miniagents', () => {
    expect(namesOf(core)).to.deep.equal([
      'CancelledError',
      'ErrorMessage',
      'InteractionContext',
      'InvalidArgumentError',
      'InvalidMessageError',
      'LifecycleError',
      'Message',
      'MessagePromise',
      'MessageSequence',
      'MiniAgents',
      'MiniAgentsError',
      'NotAMessageError',
      'StreamedPromise',
      'defineMessage',
      'miniagent',
    ]);
  });

  it('miniagents/agents', () => {
    expect(namesOf(agents)).to.deep.equal([
      'AWAIT',
      'CLEAR',
      'EndOfLoop',
      'LoopInterruptedError',
      'agentChain',
      'agentLoop',
      'dialogLoop',
      'inMemoryHistoryAgent',
      'joinMessages',
      'splitMessages',
      'userAgent',
    ]);
  });

  it('miniagents/openai', () => {
    expect(namesOf(openai)).to.deep.equal([
      'EmbeddingMessage',
      'IncompleteReplyError',
      'SetUpError',
      'createOpenAIAgent',
      'createOpenAIEmbeddingsAgent',
    ]);
  });

  it('miniagents/testing', () => {
    expect(namesOf(testing)).to.deep.equal([
      'EndlessTimeError',
      'LiveRecording',
      'MarbleDiagram',
      'MarbleMismatchError',
      'RealInputOutputError',
      'Recording',
      'RecordingError',
      'UnexpectedInquiryError',
      'UnrecordedQuestionError',
      'UnusedStepsError',
      'asyncMarbles',
      'marbles',
      'record',
      'replay',
      'scriptedAgent',
      'toMarbleDiagram',
    ]);
  });

  it('miniagents/testing/node', () => {
    expect(namesOf(testingForNode)).to.deep.equal([
      'MissingRecordingError',
      'RecordingMismatchError',
      'readRecording',
      'recorded',
      'writeRecording',
    ]);
  });

  it('miniagents/anthropic', () => {
    expect(namesOf(anthropic)).to.deep.equal(['IncompleteReplyError', 'SetUpError', 'createAnthropicAgent']);
  });

  it('miniagents/trace', () => {
    expect(namesOf(trace)).to.deep.equal(['AgentCall', 'AgentReply', 'persistTrace', 'traceNodes']);
  });

  it('miniagents/agents/node', () => {
    expect(namesOf(agentsForNode)).to.deep.equal([
      'UnreadableHistoryError',
      'consoleInputAgent',
      'consoleOutputAgent',
      'fileOutputAgent',
      'llmCalls',
      'logLLMCalls',
      'markdownHistoryAgent',
    ]);
  });

  it('miniagents/store', () => {
    expect(namesOf(store)).to.deep.equal(['NotPersistedError', 'StoreError', 'memoryStore', 'persistTo']);
  });

  it('miniagents/store/…', () => {
    const names = [jsonl, sqlite, postgres, indexeddb].map(namesOf);
    expect(names).to.deep.equal([['jsonlStore'], ['sqliteStore'], ['postgresStore'], ['indexedDbStore']]);
  });
});

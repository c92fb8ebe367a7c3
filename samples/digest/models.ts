import type { MiniAgent } from 'miniagents';
import { createAnthropicAgent } from 'miniagents/anthropic';
import { createOpenAIAgent } from 'miniagents/openai';
import { extractiveEditor } from './extractive-editor.js';
import { extractiveSummariser } from './extractive-summariser.js';

/** Who does the work. Both agents take Markdown and reply with text; who asks them need not know more. */
export interface Model {
  readonly name: string;
  readonly summarise: MiniAgent;
  readonly edit: MiniAgent;
}

const SUMMARISE =
  'Summarise the document that you are given, in its language, in at most three sentences of plain text. ' +
  'Say what matters to somebody who has not read it. Reply with the summary alone.';

const EDIT =
  'You are an editor. You are given summaries of several documents, each under the name of its file. Merge them into one ' +
  'digest of at most seven sentences: what matters most first, nothing twice, the files in brackets where a statement is ' +
  'from one of them. Plain text, in the language of the summaries. Reply with the digest alone.';

/** The model that the environment has a key for, or a server of one's own; else agents that need none. */
export function chooseModel(env: NodeJS.ProcessEnv): Model {
  const { name, create } = languageModelOf(env) ?? {};
  if (name && create) return { name, summarise: create(SUMMARISE), edit: create(EDIT) };
  const embedded = 'an embedded extractive summariser (no API key is set)';
  return { name: embedded, summarise: extractiveSummariser, edit: extractiveEditor };
}

/** A model that there is a key for, and what makes agents of it. */
interface LanguageModel {
  readonly name: string;
  create(system: string): MiniAgent;
}

/** The language model that the environment has a key for, or a server of one's own, if there is one. */
export function languageModelOf(env: NodeJS.ProcessEnv): LanguageModel | undefined {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, OPENAI_MODEL = 'the default model', ANTHROPIC_API_KEY } = env;
  const { ANTHROPIC_MODEL = 'the default model' } = env;
  if (OPENAI_BASE_URL) return { name: `${OPENAI_MODEL} at ${OPENAI_BASE_URL}`, create: localServer };
  if (OPENAI_API_KEY) return { name: `${OPENAI_MODEL} of OpenAI`, create: (system) => createOpenAIAgent({ system }) };
  if (!ANTHROPIC_API_KEY) return undefined;
  return { name: `${ANTHROPIC_MODEL} of Anthropic`, create: (system) => createAnthropicAgent({ system }) };
}

/** Servers of one's own speak Chat Completions, and mostly want no key, which the SDK insists on. */
function localServer(system: string): MiniAgent {
  process.env.OPENAI_API_KEY ||= 'none';
  return createOpenAIAgent({ system, api: 'chat' });
}

import type { MiniAgent } from 'miniagents';
import { languageModelOf } from '../digest/models.js';
import { searchAssistant } from './search-assistant.js';

/** Who answers, and what to say of it. */
export interface Assistant {
  readonly description: string;
  readonly agent: MiniAgent;
}

const SYSTEM =
  'You are a helpful assistant in a terminal. Answer briefly, in plain text, in the language of the question.';
/** About as fast as one reads. */
const PAUSE_MS = 20;

/** The model that the environment has a key for, or else a search in this repository's documents. */
export function chooseAssistant(env: NodeJS.ProcessEnv, watched: boolean): Assistant {
  const model = languageModelOf(env);
  if (model) return { description: `You talk with ${model.name}.`, agent: model.create(SYSTEM) };
  const description =
    'No API key is set, so there is no model: the answers are quoted from the documents of this repository, by full-text search.';
  return { description, agent: searchAssistant(watched ? PAUSE_MS : 0) };
}

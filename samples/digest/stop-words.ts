/** English words that say how a sentence is built, not what it is about: Luhn's upper limit of frequency, written out. */
export const stopWords: ReadonlySet<string> = new Set(
  `a able about above across after again against all almost along already also although always am among an and another any
  anyone anything are aren't around as at away back be became because become becomes been before behind being below beside
  best better between beyond both but by call called came can can't cannot come comes could couldn't did didn't do does
  doesn't doing don't done down during each either else enough even ever every everyone everything few first for from
  further gave get gets give given gives go goes going gone good got had has have haven't having he hence her here hers
  herself him himself his how however i if in indeed instead into is isn't it it's its itself just keep kept know known
  last later least less let let's like likely little long made make makes making many may maybe me mere might mine more
  most much must my myself namely near need needs neither never next no nobody none nor not nothing now of off often old on
  once one ones only onto or other others otherwise our ours ourselves out over own per perhaps put quite rather really
  said same say says second see seem seems seen several shall she should since so some someone something sometimes soon
  still such take taken takes tell than that that's the their theirs them themselves then there therefore these they thing
  things think this those though three through thus till to together too took toward towards two under unless unlike until
  up upon us use used user uses using usually very via want wants was wasn't way ways we well went were weren't what
  whatever when whenever where wherever whether which while who whole whom whose why will with within without won't word
  would wouldn't yes yet you you're your yours yourself yourselves`.split(/\s+/),
);

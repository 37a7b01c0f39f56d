import type { Deps, Log } from '../../ports.ts';
import type { SlackClients } from '../clients.ts';
import type { SlackDirectory } from '../directory.ts';
import type { InFlight } from '../in-flight.ts';

/** What every listener is given. */
export interface ListenerParts {
  readonly deps: Deps;
  readonly directory: SlackDirectory;
  readonly clients: SlackClients;
  readonly log: Log;
  readonly running: InFlight;
}

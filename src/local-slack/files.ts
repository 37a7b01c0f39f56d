import { slackId } from './ids.ts';

/** A file that a message shares. */
export interface LocalFile {
  readonly id: string;
  /** As it is called when it is kept. */
  readonly name: string;
  readonly text: string;
}

/** Slack's external upload: an address first, the bytes to it, and sharing last. Files live as long as the program. */
export interface Files {
  /** The id of a file that is announced and not there yet. */
  announce(name: string, length: number): string;
  /** False: nothing of this id was announced, or it has another length. */
  receive(id: string, text: string): boolean;
  /** Undefined until its bytes are there. */
  get(id: string): LocalFile | undefined;
}

export const uploadPath = '/_upload/';

export const startFiles = (): Files => {
  const announced = new Map<string, { readonly name: string; readonly length: number }>();
  const received = new Map<string, LocalFile>();
  return {
    announce: (name, length) => {
      const id = slackId('F');
      announced.set(id, { name, length });
      return id;
    },
    receive: (id, text) => {
      const one = announced.get(id);
      if (one === undefined || Buffer.byteLength(text) !== one.length) return false;
      received.set(id, { id, name: one.name, text });
      return true;
    },
    get: (id) => received.get(id),
  };
};

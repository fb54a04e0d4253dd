// The types of requests and answers are those of the server's own document: schema.ts. Here is what it has no name for.
import type { TaskItem, TicketAnswer } from './schema';

export interface Envelope<T> {
  response: T;
}

/** What the document leaves open, since it says one thing of several answers, and these answers or requests always have. */
export type Always<T, Known extends keyof T> = T & Required<Pick<T, Known>>;

export type Ticket = TicketAnswer; // sessionTimeout in seconds

export type Task = TaskItem; // endTime is absent while it runs

// The types of requests and answers are those of the server's own document: schema.ts. Here is what it has no name for.
import type { TaskItem, TicketAnswer } from './schema';

export interface Envelope<T> {
  response: T;
}

export type Ticket = TicketAnswer; // sessionTimeout in seconds

export type Task = TaskItem; // endTime is absent while it runs

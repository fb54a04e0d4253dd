// The shapes of the API that the page reads, as src/Contracts has them. Absent is what is not known.

export interface Envelope<T> {
  response: T;
}

export interface Ticket {
  serviceTicket: string;
  sessionTimeout: number; // seconds
}

export interface Task {
  id: string;
  parentId?: string;
  serviceType: string;
  username?: string;
  startTime: number;
  endTime?: number; // absent while it runs
  isError: boolean;
  progress?: string;
  failureReason?: string;
}

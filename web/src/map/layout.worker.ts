import { layOut, type ForceInput } from './force';

// Off the page's thread: it stays usable while ten thousand nodes find their places.
self.onmessage = (event: MessageEvent<{ turn: number; input: ForceInput }>) => {
  const places = layOut(event.data.input);
  self.postMessage({ turn: event.data.turn, places }, { transfer: [places.buffer] });
};

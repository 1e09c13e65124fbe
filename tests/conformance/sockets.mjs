// Sockets: a raw graphql-transport-ws connection that remembers what it was told, for checks message by message.
import { WebSocket } from "ws";

export const PROTOCOL = "graphql-transport-ws";
const PATIENCE = 60_000; // milliseconds

export class Socket {
  static async open(url, protocols = PROTOCOL) {
    const socket = new Socket(url, protocols);
    await new Promise((resolve, reject) => socket.raw.once("open", resolve).once("error", reject));
    return socket;
  }

  static async acknowledged(url, payload) {
    const socket = await Socket.open(url);
    socket.send({ type: "connection_init", payload });
    await socket.message((each) => each.type === "connection_ack");
    return socket;
  }

  constructor(url, protocols) {
    this.raw = protocols === null ? new WebSocket(url) : new WebSocket(url, protocols);
    this.unread = [];
    this.wake = () => {};
    this.raw.on("message", (data) => {
      this.unread.push(JSON.parse(data));
      this.wake();
    });
    this.closed = new Promise((resolve) =>
      this.raw.once("close", (code, reason) => {
        this.ended = { code, reason: reason.toString() };
        this.wake();
        resolve(this.ended);
      }),
    );
  }

  send(message) {
    this.raw.send(typeof message === "string" || Buffer.isBuffer(message) ? message : JSON.stringify(message));
  }

  // The next message that fits, all before it being dropped.
  async message(fits = () => true) {
    return within(`a message like ${fits}`, async () => {
      for (;;) {
        const next = this.unread.shift();
        if (next && fits(next)) return next;
        if (next) continue;
        if (this.ended) throw new Error(`closed with ${this.ended.code} ${this.ended.reason}`);
        await new Promise((resolve) => (this.wake = resolve));
      }
    });
  }

  // All that the server had sent by the time it answered a ping.
  async settled() {
    const mark = { mark: Math.random() };
    const seen = [];
    this.send({ type: "ping", payload: mark });
    await this.message((each) => {
      const fence = each.type === "pong" && each.payload?.mark === mark.mark;
      if (!fence) seen.push(each);
      return fence;
    });
    return seen;
  }

  async end() {
    return within("the close", () => this.closed);
  }

  async leave() {
    this.raw.close(1000);
    return this.end();
  }
}

export async function within(what, action) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`waited in vain for ${what}`)), PATIENCE);
  });
  try {
    return await Promise.race([action(), late]);
  } finally {
    clearTimeout(timer);
  }
}

// 闲着的连接，服务那一头到时就断：忙的机器上两头的钟都走得迟，正要用时恰被断开，一次请求就白问了。问的这一头早早放开，两头
// 从不同时。每个工作进程只换一次。
const place = Symbol.for('undici.globalDispatcher.1')
type Dispatchers = { [place]?: { constructor: new (options: object) => object } }

// 头一次用过以后才有。
await fetch('data:,')
const shared = globalThis as Dispatchers
const Agent = shared[place]?.constructor
if (Agent) Object.assign(globalThis, { [place]: new Agent({ keepAliveTimeout: 1_000, keepAliveMaxTimeout: 2_000 }) })

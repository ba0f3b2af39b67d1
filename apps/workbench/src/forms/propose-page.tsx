export function ProposePage() { return <main className="page"><h1>申请立项</h1></main> }

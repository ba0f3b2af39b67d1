export function DocumentPage() { return <main className="page"><h1>案卷</h1></main> }

// Entry of the workbench: styles, Chinese locale, query cache, routes.
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import ConfigProvider from 'antd/es/config-provider'
import zhCN from 'antd/locale/zh_CN'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError } from './api.ts'
import './app.css'
import { SignInAgain } from './parts/sign-in-again.tsx'
import { Toasts } from './parts/toasts.tsx'
import { createAppRouter } from './router.tsx'
import { useTheme } from './theme.ts'

const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 3_000,
      refetchOnWindowFocus: true,
      // A refusal stays a refusal; only what may pass is tried again.
      retry: (count, error) => count < 2 && !(error instanceof ProblemError && error.problem.status < 500),
    },
  },
})
const router = createAppRouter(client)
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce

// Some component styles (scroll locking) are written without asking the provider for its nonce; only this program,
// loaded from this site, can run here, so every style element it makes is its own.
if (nonce) {
  const create = document.createElement.bind(document)
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = create(name, options)
    if (name === 'style') element.nonce = nonce
    return element
  }) as typeof document.createElement
}

function Dressed({ children }: { children: ReactNode }) {
  return (
    <ConfigProvider
      locale={zhCN}
      theme={useTheme()}
      {...(nonce ? { csp: { nonce } } : {})}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  )
}

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <Dressed>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <SignInAgain />
          <Toasts />
        </QueryClientProvider>
      </Dressed>
    </StrictMode>,
  )

// 工作台入口：样式、中文、查询缓存、路由。
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import ConfigProvider from 'antd/es/config-provider'
import zhCN from 'antd/locale/zh_CN'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { ProblemError } from './api.ts'
import './app.css'
import { SignInAgain } from './parts/sign-in-again.tsx'
import { Toasts } from './parts/toasts.tsx'
import { createAppRouter } from './router.tsx'
import { theme } from './theme.ts'

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

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <ConfigProvider locale={zhCN} theme={theme} {...(nonce ? { csp: { nonce } } : {})} button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
          <SignInAgain />
          <Toasts />
        </QueryClientProvider>
      </ConfigProvider>
    </StrictMode>,
  )

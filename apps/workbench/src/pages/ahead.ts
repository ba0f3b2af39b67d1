// Code the next step will probably need: fetched while idle after the page is shown, so that opening need not wait.
export const documentPage = () => import('../document/page.tsx')

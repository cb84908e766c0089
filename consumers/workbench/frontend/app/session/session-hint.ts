const key = 'workbench.signed-in'

/**
 * Whether somebody signed in with this browser. The session itself is in a cookie that scripts cannot read: this only
 * saves asking the backend where nobody ever did.
 */
export const sessionHint = {
  isThere: (): boolean => localStorage.getItem(key) !== null,
  leave: (): void => localStorage.setItem(key, 'yes'),
  remove: (): void => localStorage.removeItem(key),
} as const

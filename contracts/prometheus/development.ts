/** Keys for a developer's machine and for tests. They open nothing else: a deployment has its own. */
export const developmentKeys = {
  tokenKeys: 'development=local-development-only-no-secret-at-all',
  planner: {
    privateKey: 'DKpYPT58r6WU8hBfbz4iXWXXZBAuthMg3fBzqEMiz2hi',
    publicKey: '6UsxUbActvDetSzh5EGuSXa3b1Rfa6ymicjSCUSreXzr',
  },
  worker: {
    privateKey: '2vDeGi7Y4wZH9d3e8qQWqDEaxYDrZiDLoua2tYUFWuvs',
    publicKey: '8wdMTSS6QhfCYf5TZameK37YMvQym4Jthqz4KFCaQmFE',
  },
} as const

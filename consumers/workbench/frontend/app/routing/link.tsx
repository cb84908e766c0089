import type { ComponentProps, MouseEvent, ReactNode } from 'react'
import { navigate } from './use-route.ts'

type Props = ComponentProps<'a'> & Readonly<{ href: string }>

/** A link to another path of this app, which does not load the page anew. With a modifier key it is any link. */
export function Link({ href, onClick, children, ...rest }: Props): ReactNode {
  function follow(event: MouseEvent<HTMLAnchorElement>): void {
    onClick?.(event)
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    navigate(href)
  }
  return (
    <a href={href} onClick={follow} {...rest}>
      {children}
    </a>
  )
}

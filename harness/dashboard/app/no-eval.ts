import { z } from 'zod'

// Has to come before any schema: the page's content security policy lets nothing be made code out of text.
z.config({ jitless: true })

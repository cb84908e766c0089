/** How the page looks where it is not the library's: its head, and the channels. */
export const pageStyle = `
body { margin: 0; background: #fafafa; color: #3b4151; font-family: sans-serif; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.5rem 2rem; padding: 1rem max(1.25rem, calc((100% - 1420px) / 2)); background: #1b2733; color: #fff; }
header h1 { margin: 0; font-size: 1.4rem; }
header small { font-weight: normal; font-size: 0.9rem; opacity: 0.75; }
header nav { display: flex; flex-wrap: wrap; gap: 0.5rem; }
header nav a { padding: 0.35rem 0.8rem; border-radius: 4px; color: #fff; text-decoration: none; }
header nav a:hover, header nav a:focus-visible { background: #34495e; }
header nav a[aria-current] { background: #fff; color: #1b2733; font-weight: bold; }
.swagger-ui .info { margin: 2rem 0 1.5rem; }
/* The page calls nobody, so there is nothing to fill in: the dialog tells which credentials there are. */
.swagger-ui .btn.authorize span { font-size: 0; }
.swagger-ui .btn.authorize span::after { content: 'Credentials'; font-size: 14px; }
.swagger-ui .dialog-ux .auth-container input, .swagger-ui .dialog-ux .auth-container label, .swagger-ui .dialog-ux .auth-btn-wrapper .btn.authorize { display: none; }
/* What only a page that calls could use. */
.swagger-ui .response-control-media-type__accept-message, .swagger-ui .col_header.response-col_links, .swagger-ui .response-col_links { display: none; }
.swagger-ui .parameters-col_description input, .swagger-ui .parameters-col_description select { display: none; }
#channels { box-sizing: border-box; max-width: 1460px; margin: 0 auto; padding: 0 20px 3rem; }
#channels:empty { display: none; }
#channels h2 { margin: 0 0 0.5rem; font-size: 1.5rem; }
#channels h3 { margin: 1rem 0 0.25rem; font-size: 0.9rem; }
#channels details { border: 1px solid #8e44ad; border-radius: 4px; background: #8e44ad1a; padding: 0.5rem; }
#channels summary { display: flex; flex-wrap: wrap; align-items: center; gap: 0.75rem; cursor: pointer; font-size: 0.85rem; }
#channels summary b { min-width: 80px; padding: 0.4rem 0; box-sizing: border-box; border-radius: 3px; background: #8e44ad; color: #fff; text-align: center; }
#channels summary code { font-weight: bold; font-size: 1rem; }
#channels summary i { margin-left: auto; font-family: monospace; font-style: normal; }
#channels pre { margin: 0; padding: 0.75rem; border-radius: 4px; background: #fff; overflow-x: auto; font-size: 0.8rem; }
`

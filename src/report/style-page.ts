/** Style of text and tables. Light by default, dark where the reader's system is, always light on paper. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1c2024;--muted:#5d666f;--paper:#fff;--panel:#fff;--soft:#f3f5f7;--rule:#d5dae0;--gap:#bcc2c9;--link:#0b5c94;
--ok:#0b6b4f;--ok-b:#e2f3ec;--warn:#7d5200;--warn-b:#fbf0d9;--bad:#a3261b;--bad-b:#fbe6e3;--quiet-b:#eceff2}
@media screen and (prefers-color-scheme:dark){:root{--ink:#e4e7ea;--muted:#a0a9b3;--paper:#15181c;--panel:#1a1e23;--soft:#20252b;--rule:#3a424b;--gap:#565d66;--link:#79bdf0;
--ok:#6fd3ae;--ok-b:#173a30;--warn:#f0c05a;--warn-b:#3d3013;--bad:#ff9c90;--bad-b:#451e1a;--quiet-b:#2a3037}}
*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
main,header,footer{max-width:84rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:1.8rem}
h1{font-size:1.55rem;line-height:1.25;margin:0 0 .2rem;font-weight:650}
h2{font-size:1.2rem;margin:0 0 .5rem;font-weight:650;scroll-margin-top:1rem}
h3{font-size:1rem;margin:1.3rem 0 .4rem;font-weight:650}h4{font-size:.95rem;margin:1rem 0 .3rem;font-weight:600}
section{min-width:0;border-top:1px solid var(--rule);padding:1.3rem 0 1rem}
p{margin:.3rem 0 .7rem;max-width:76ch}
a{color:var(--link)}
nav ul{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;list-style:none;margin:.8rem 0 1.2rem;padding:0;font-size:.9rem}
nav a{text-decoration:none}nav a:hover{text-decoration:underline}
code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.sub{color:var(--muted);font-size:.85em;font-weight:400}
.none{color:var(--muted)}
.banner{border-left:4px solid var(--bad);background:var(--bad-b);padding:.5rem .8rem;margin:.6rem 0;max-width:none}
.table{overflow-x:auto;margin:.4rem 0 .9rem;position:relative}
.table:focus-visible{outline:2px solid var(--link);outline-offset:2px}
table{border-collapse:collapse;font-size:.875rem;line-height:1.4;min-width:100%}
caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
th,td{overflow-wrap:break-word;padding:.32rem .7rem .32rem 0;text-align:left;vertical-align:top;border-bottom:1px solid var(--rule)}
th{color:var(--muted);font-weight:600;white-space:nowrap;border-bottom-color:var(--muted)}
td{max-width:24rem}td.cell{min-width:2.2rem}
td.cell>bdi{white-space:nowrap}td.cell>bdi[title]{white-space:normal;display:inline-block;min-width:9rem}
td.wide{min-width:17rem;max-width:44rem;overflow-wrap:anywhere}td>code{white-space:nowrap}
th.num,td.num{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.keep{white-space:nowrap}td.num strong{font-weight:650}.codes{white-space:normal;max-width:11rem;margin-left:auto}
tbody tr:hover{background:var(--soft)}
td ul{margin:.15rem 0;padding-left:1.1rem}td ul.notes{padding-left:1rem}
.badge{display:inline-block;padding:0 .45em;border-radius:.7em;font-size:.82em;font-weight:600;white-space:nowrap;border:1px solid currentColor;line-height:1.45}
.usable{color:var(--ok);background:var(--ok-b)}.doubtful,.stopped{color:var(--warn);background:var(--warn-b)}
.refused{color:var(--bad);background:var(--bad-b)}.quiet{color:var(--muted);background:var(--quiet-b)}
.code{font:.8rem ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;color:var(--muted);text-decoration-style:dotted;white-space:nowrap}
.status.failed{color:var(--bad);font-weight:600}.status.unrecognised,.status.filtered{color:var(--muted)}
.severity{font-size:.85em;font-weight:600}.severity.refuses{color:var(--bad)}.severity.doubts{color:var(--warn)}.severity.informs{color:var(--muted)}
details.absent{border-top:1px solid var(--rule);padding-top:1rem;grid-column:1/-1}details.absent summary{color:var(--muted);width:auto}details{margin:.5rem 0 .8rem}details.more{margin:0}details.more summary{color:inherit}
summary{cursor:pointer;color:var(--link);width:fit-content}
dl.checks dt{margin-top:.8rem}dl.checks dd{margin:.1rem 0 0 1.2rem;max-width:90ch}dl.checks ul{margin:.2rem 0;padding-left:1.1rem;font-size:.92em}
dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1.2rem;margin:.4rem 0 .8rem}
dl.facts dt{color:var(--muted)}dl.facts dd{margin:0}
ul.columns{columns:2 22rem;font-size:.9rem;padding-left:1.1rem}
.hash{font-size:.78rem}
input.filter{font:inherit;font-size:.875rem;padding:.2rem .5rem;margin:.2rem 0;width:min(100%,20rem);border:1px solid var(--rule);border-radius:4px;background:var(--panel);color:var(--ink)}
footer{color:var(--muted);font-size:.85rem;padding-bottom:2rem}
#readout{position:fixed;z-index:9;pointer-events:none;max-width:24rem;padding:.25rem .5rem;border-radius:4px;font-size:.8rem;line-height:1.35;background:var(--ink);color:var(--paper);font-variant-numeric:tabular-nums}
@media (min-width:62rem){main{display:grid;grid-template-columns:1fr 1fr;column-gap:2.5rem}main>section{grid-column:1/-1}main>#scatter{grid-column:1}main>#pulls{grid-column:2}}
@media (max-width:40rem){main,header,footer{padding:0 1rem}html{font-size:14px}dl.facts{grid-template-columns:1fr}dl.facts dd{margin-bottom:.4rem}}
@media print{
:root{color-scheme:light}
@page{margin:14mm 12mm}@page across{size:landscape;margin:12mm}
html{font-size:9.5pt}main{display:block}main,header,footer{max-width:none;padding:0}
nav,input.filter,#readout{display:none}
a{color:inherit;text-decoration:none}
section{break-before:auto}h2,h3,h4{break-after:avoid}
figure,tr,dt,p,.banner{break-inside:avoid}dt{break-after:avoid}
thead{display:table-header-group}
.table{overflow:visible}table{font-size:7.6pt;line-height:1.3}th{white-space:normal}th,td{overflow-wrap:break-word;padding-right:.45rem}td,td.wide{min-width:0;max-width:none}
td.cell>bdi,td code,.code,td.num .sub{white-space:normal}td.wide{min-width:9rem}section>p{break-after:avoid}td code{font-size:.85em}.badge{print-color-adjust:exact}
details:not(.bulk)::details-content{content-visibility:visible;display:block;height:auto}
summary{color:var(--ink);font-weight:600;list-style:none}.more summary{font-weight:400}
.across{page:across}.across td.wide{min-width:22rem}thead,h3+p,h4+p{break-after:avoid}tbody tr:first-child{break-before:avoid}
}`;

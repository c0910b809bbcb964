/**
 * Style of the figures. Colours: Okabe and Ito's set (distinguishable with colour-vision deficiencies), darkened or lightened to stand
 * against the page; c = qubits, s = drive power from weak to strong (viridis-like, monotonic in lightness, so it survives grey paper).
 */
export const FIGURE_STYLE = `
.c0{--c:#0072b2}.c1{--c:#c24e00}.c2{--c:#007f5f}.c3{--c:#b0528a}.c4{--c:#8a6d00}.c5{--c:#2b90c9}.c6{--c:#555c63}
.s0{--c:#440154}.s1{--c:#46307e}.s2{--c:#365c8d}.s3{--c:#277f8e}.s4{--c:#1fa187}.s5{--c:#4ac16d}.s6{--c:#8cc63f}.s7{--c:#c9b81c}
@media screen and (prefers-color-scheme:dark){
.c0{--c:#5cb3f0}.c1{--c:#ff9252}.c2{--c:#3fcf9f}.c3{--c:#eb9bcb}.c4{--c:#e5c64a}.c5{--c:#a5d8f7}.c6{--c:#b9c0c7}
.s0{--c:#b89be0}.s1{--c:#9a93dd}.s2{--c:#7fa6dc}.s3{--c:#5fbccb}.s4{--c:#4fcfae}.s5{--c:#7edd8f}.s6{--c:#b4e06a}.s7{--c:#efe05a}}
.panels{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,21.5rem),1fr));gap:1.1rem 1.4rem;align-items:start;margin:.6rem 0}
.panels.small,.panels.quad{grid-template-columns:repeat(auto-fill,minmax(min(100%,17.2rem),1fr));gap:1rem 1.1rem}
figure{margin:0;min-width:0}figure.wide{max-width:31rem}
figcaption{font-size:.85rem;line-height:1.45;padding-left:.4rem}
figcaption .name{font-weight:600}figcaption ul{margin:.1rem 0;padding-left:1.1rem}
.clamp{display:-webkit-box;-webkit-line-clamp:2;-webkit-box-orient:vertical;overflow:hidden}
ul.slopes,ul.legend,figcaption ul.key{list-style:none;padding:0}ul.key svg.swatch{vertical-align:-1.5px}figcaption ul.key{display:flex;flex-wrap:wrap;gap:0 .9rem;margin:.25rem 0;color:var(--muted)}ul.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;margin:.2rem 0}
sub{line-height:0;font-size:.75em}
svg{overflow:visible}svg.plot{overflow:hidden}
svg.fig{display:block;width:100%;height:auto;max-width:27rem;cursor:zoom-in;font:11px system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
figure.wide svg.fig{max-width:31rem}figure.full svg.fig{max-width:46rem}
svg.swatch{vertical-align:-2px}
svg text{fill:var(--ink);unicode-bidi:isolate}
svg text.tick{font-size:10.5px;fill:var(--muted);font-variant-numeric:tabular-nums}
svg text.label{font-size:11.5px}svg tspan.low{font-size:9px}
svg text.note{font-size:11px}svg text.muted{fill:var(--muted)}svg text.strong{font-weight:650}
svg text.name{font-size:11px;paint-order:stroke;stroke:var(--paper);stroke-width:3px}
.grid{stroke:var(--rule);stroke-width:.6;opacity:.55;fill:none}
.axis{stroke:var(--muted);stroke-width:1;fill:none}
.zero{stroke:var(--muted);stroke-width:.8;stroke-dasharray:2 3;fill:none}
.unit{fill:none;stroke:var(--muted);stroke-width:.9}
.hit{fill:none;pointer-events:all}
.empty{fill:none;stroke:var(--rule)}
.mark{fill:var(--c);stroke:var(--c);stroke-width:1.2}.mark.hollow{fill:var(--paper)}
.bar{stroke:var(--c,var(--ink));stroke-width:1.2;fill:none;opacity:.75}
.dots{stroke:var(--c);stroke-width:4;stroke-linecap:round;fill:none}.dots.small{stroke-width:2.6}
.bar.own{stroke-width:5.5;opacity:.5}.whole{--c:var(--ink)}
.line{stroke:var(--c,var(--ink));stroke-width:1.6;fill:none}
.line.law{stroke:var(--ink);stroke-width:1.5}
.s0 .law,.s1 .law,.s2 .law,.s3 .law,.s4 .law,.s5 .law,.s6 .law,.s7 .law{stroke:var(--c);stroke-width:1.3}
.line.reference{stroke:var(--muted);stroke-dasharray:6 4;stroke-width:1.3}
.line.other{stroke-dasharray:1.5 3;stroke-width:1.3}
.line.offset,.line.amplitude{stroke:var(--ink);stroke-width:.9;opacity:.8;stroke-dasharray:7 2 1.5 2}.line.amplitude{stroke-dasharray:1.5 2}
.line.fitted{stroke-width:1.3}
.inset{fill:var(--paper);stroke:var(--rule);stroke-width:.8}
.edge{stroke:var(--c);stroke-width:.7;fill:none;opacity:.7}.edge.reference{stroke:var(--muted);stroke-dasharray:3 2}
.band{fill:var(--c);opacity:.16}.band.reference{fill:var(--muted);opacity:.2}
.stem{stroke:var(--c);stroke-width:2.2}
.pixels{image-rendering:pixelated}.unmeasured{fill:var(--gap)}.frame{fill:none;stroke:var(--muted);stroke-width:.7}
.prior{fill:url(#hatch)}svg.patterns{position:absolute}.under{stroke:#fff;stroke-width:2.4;opacity:.75}.over{stroke:#111;stroke-width:1.1}
.dots.sensor{stroke:#fff;stroke-width:3.8}.dots.sensor.under{stroke:#111;stroke-width:5.6;opacity:1}.ruler{stroke:#fff;stroke-width:2.2}.ruler.under{stroke:#111;stroke-width:4.6;opacity:1}
svg text.over-map{fill:#fff;paint-order:stroke;stroke:#111;stroke-width:2.6px}figure.strip{overflow-x:auto}figure.strip svg.fig{max-width:60rem;min-width:34rem}.compact table{min-width:0}
svg.window{overflow:hidden}.bins{fill:var(--c);opacity:.45}.film .controls{display:flex;gap:.6rem;align-items:center;max-width:60rem;font-size:.85rem;padding:.2rem .4rem}
.controls button{font:inherit;min-width:4.5rem}.controls input{flex:1;min-width:6rem}.controls output{min-width:9rem;font-variant-numeric:tabular-nums}
.sigma1{fill:var(--muted);opacity:.2}.sigma2{fill:var(--muted);opacity:.12}
.refusal{stroke:var(--bad);stroke-width:1.7;fill:none}
.budget.stat{fill:var(--c);stroke:var(--c)}.budget.common{fill:var(--paper);stroke:var(--c);stroke-width:1.4}
.budget.total{stroke-width:2}
.zoomed{position:fixed;inset:0;z-index:8;background:var(--paper);padding:1rem 2rem;overflow:auto;display:flex;flex-direction:column;align-items:center;justify-content:center}
.zoomed svg.fig{max-width:none;width:min(92vw,115vh);max-height:80vh;cursor:zoom-out}.zoomed svg.fig:not(.chosen){display:none}
@media print{
.film{display:none}figure.strip{overflow:visible}figure.strip svg.fig{min-width:0}.pixels,.prior,.unmeasured,.bins{print-color-adjust:exact}
svg.fig{max-width:none}.panels,.panels.quad{display:grid;grid-template-columns:repeat(2,1fr);gap:.7rem 1.2rem}
.panels.trio{display:block;orphans:1;widows:1}.panels.trio figure{display:inline-block;vertical-align:top;width:45%;margin:0 3% .4rem 0;break-inside:avoid}
.panels.small{grid-template-columns:repeat(3,1fr);gap:.6rem .7rem}figure.wide{max-width:120mm}
figcaption{font-size:7.6pt}.clamp{display:block}
.mark,.bar,.dots,.line,.edge,.band,.budget,.sigma1,.sigma2{print-color-adjust:exact}
.zoomed{position:static;display:block}.zoomed svg.fig:not(.chosen){display:block}
}`;

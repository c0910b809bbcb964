import { describe, expect, it } from "vitest";
import { html, jsonBlock, picture } from "../../src/report/html.ts";
import { shortened, visible } from "../../src/report/visible.ts";
import { HOSTILE } from "./example-study.ts";

describe("html", () => {
  it("escapes everything that could end a text or a quoted attribute", () => {
    expect(html`<b title="${`"><script>'`}">${"<i>&amp;</i>`"}</b>`.toString()).toBe(
      '<b title="&quot;&gt;&lt;script&gt;&#39;">&lt;i&gt;&amp;amp;&lt;/i&gt;&#96;</b>',
    );
  });

  it("joins markup and lists, and drops what is false or undefined", () => {
    expect(html`<p>${[html`<b>1</b>`, "<", 2]}${false}${undefined}</p>`.toString()).toBe("<p><b>1</b>&lt;2</p>");
  });

  it("cannot be made from a plain object that looks like markup", () => {
    const forged = { toString: () => "<script>" };
    expect(() => html`${forged as unknown as string}`).toThrow();
  });

  it.each([
    ["an unquoted attribute", () => html`<b title=${"x"}></b>`],
    ["a tag name", () => html`<${"x"}></b>`],
    ["an event handler", () => html`<b onclick="${"x"}"></b>`],
    ["a style attribute", () => html`<b style="${"x"}"></b>`],
    ["an address", () => html`<a href="${"javascript:x"}"></a>`],
    ["a second value in an address", () => html`<b title="${"a"}" src="${"x"}"></b>`],
    ["script content", () => html`<script>${"x"}</script>`],
    ["style content", () => html`<style>${"x"}</style>`],
    ["a comment", () => html`<!-- ${"x"} -->`],
  ])("refuses a value in %s", (_, make) => {
    expect(make).toThrow(TypeError);
  });

  it("takes a fragment of the page as an address", () => {
    expect(html`<a href="#${'x"y'}">to</a>`.toString()).toBe('<a href="#x&quot;y">to</a>');
  });
});

describe("jsonBlock", () => {
  it.each(HOSTILE)("carries %j without ending its element, and gives it back whole", (name) => {
    const block = jsonBlock("data", { name }).toString();
    expect(block.match(/<\/?script/g)).toHaveLength(2);
    const text = block.slice(block.indexOf(">") + 1, block.lastIndexOf("</script>"));
    expect(text).not.toContain("<");
    expect(JSON.parse(text)).toEqual({ name });
  });

  it("writes unknown numbers as null, never as zero", () => {
    expect(jsonBlock("d", [Number.NaN, Number.POSITIVE_INFINITY]).toString()).toContain("[null,null]");
  });
});

describe("picture", () => {
  it("carries bytes, and nothing of a name that could end it", () => {
    const place = { x: 0, y: 1, width: 2.123456, height: 3 };
    const markup = picture(Uint8Array.of(0x22, 0x3e, 0x3c, 0xff), place, '"><script>').toString();
    expect(markup).toBe(
      '<image class="pixels" id="&quot;&gt;&lt;script&gt;" x="0" y="1" width="2.12" height="3" preserveAspectRatio="none" href="data:image/png;base64,Ij48/w=="/>',
    );
  });
});

describe("visible", () => {
  it("shows line breaks and direction marks, and leaves other scripts alone", () => {
    expect(visible("a\nb\u202Ec\u0000")).toBe("a↵b⟨U+202E⟩c⟨U+0000⟩");
    expect(visible("קיוביט q1 µs")).toBe("קיוביט q1 µs");
  });

  it("keeps both ends of a long name", () => {
    const short = shortened(`start${"x".repeat(500)}end`, 20);
    expect([...short]).toHaveLength(20);
    expect(short).toMatch(/^start.*…x*end$/);
  });
});

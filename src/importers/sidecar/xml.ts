/** The doorway to fast-xml-parser. */
import { XMLParser, XMLValidator } from "fast-xml-parser";

// Entities stay as they are written: what a document defines itself may expand to gigabytes, or name another file.
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "",
  processEntities: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  textNodeName: "value",
});

/**
 * The tree of an XML document as objects; an element's text is its member `value` where it has attributes, attributes are members beside it.
 * Numbers stay text. @throws SyntaxError where it is not well-formed
 */
export function parseXml(text: string): unknown {
  const valid = XMLValidator.validate(text);
  if (valid !== true) throw new SyntaxError(`line ${valid.err.line}: ${valid.err.msg}`);
  return parser.parse(text);
}

package org.tenderpoint.guard;

import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;

/**
 * Reads an XML body once, event by event, with DTDs and external entities off, under the limits that hold for JSON.
 *
 * @see <a href="https://hl7.org/fhir/R4/xml.html">FHIR R4, XML representation</a>
 */
final class XmlGuard {

    private static final String FHIR = "http://hl7.org/fhir";
    private static final String XHTML = "http://www.w3.org/1999/xhtml";

    // XML does not tell numbers from strings, so a lone number is held to the limits of a JSON number wherever it is.
    private static final Pattern EXPONENT = Pattern.compile("\\s*[+-]?[0-9.]+[eE][+-]?0*([0-9]+)\\s*");
    private static final int LARGEST_EXPONENT = 30;

    /** Woodstox's own: it would put texts off, and then find their faults outside of the calls that say so. */
    private static final String LAZY = "com.ctc.wstx.lazyParsing";

    private final GuardProperties limits;
    private final XMLInputFactory factory;

    XmlGuard(GuardProperties limits) {
        this.limits = limits;
        this.factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        if (factory.isPropertySupported(LAZY)) {
            factory.setProperty(LAZY, false);
        }
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("no external entities");
        });
    }

    /**
     * Checks the body of a resource.
     *
     * @throws Refused 400 with line and column of the first fault, or 413 for a Bundle with too many entries
     */
    void check(byte[] body) {
        Utf8.check(body);
        try {
            // Decoded here, so that an encoding named in the XML declaration cannot give the bytes another meaning.
            var text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
            var reader = factory.createXMLStreamReader(text);
            try {
                read(reader);
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            var at = e.getLocation();
            throw Refused.badRequest(Issue.structure(
                    "xml-syntax",
                    null,
                    "The body is not well-formed XML"
                            + (at == null
                                    ? "."
                                    : ", line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ".")));
        }
    }

    private void read(XMLStreamReader reader) throws XMLStreamException {
        var declared = reader.getCharacterEncodingScheme();
        if (declared != null && !"utf-8".equalsIgnoreCase(declared)) {
            throw structure(reader, "not-utf-8", "The XML declaration names an encoding other than UTF-8");
        }
        var depth = 0;
        var events = 0;
        var entries = 0;
        var narrative = 0;
        var bundle = false;
        while (reader.hasNext()) {
            var event = reader.next();
            if (++events > limits.tokens()) {
                throw structure(reader, "xml-too-large", "The body has more than " + limits.tokens() + " XML events");
            }
            switch (event) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw structure(reader, "xml-doctype", "A DOCTYPE and entities of one's own are not allowed");
                case XMLStreamConstants.PROCESSING_INSTRUCTION ->
                    throw structure(reader, "xml-instruction", "Processing instructions are not allowed");
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    if (depth > limits.depth()) {
                        throw structure(reader, "too-deep", "Elements nest at most " + limits.depth() + " deep");
                    }
                    if (XHTML.equals(reader.getNamespaceURI())) {
                        narrative++;
                    } else if (narrative > 0 || !FHIR.equals(reader.getNamespaceURI())) {
                        throw structure(reader, "xml-namespace", "An element is outside the namespace " + FHIR);
                    }
                    if (narrative > 0) {
                        narrative(reader);
                    }
                    bundle |= depth == 1 && "Bundle".equals(reader.getLocalName());
                    if (bundle
                            && depth == 2
                            && "entry".equals(reader.getLocalName())
                            && ++entries > limits.bundleEntries()) {
                        throw tooManyEntries();
                    }
                    attributes(reader);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    narrative -= narrative > 0 ? 1 : 0;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (narrative == 0 && !reader.getText().isBlank()) {
                        throw structure(
                                reader, "xml-text", "Text stands between elements; values go into value attributes");
                    }
                }
                default -> {}
            }
        }
    }

    private void attributes(XMLStreamReader reader) {
        for (var i = 0; i < reader.getAttributeCount(); i++) {
            var value = reader.getAttributeValue(i);
            var number = value.length() > 1000 ? null : EXPONENT.matcher(value);
            if (number != null && number.matches() && exponentTooLarge(number.group(1))) {
                throw value(
                        reader,
                        "number",
                        "A number has an exponent from -" + LARGEST_EXPONENT + " to " + LARGEST_EXPONENT);
            }
            if (value.length() > limits.string().toBytes()) {
                throw value(
                        reader,
                        "string-too-long",
                        "A string has at most " + limits.string().toBytes() + " characters");
            }
            if (Utf8.firstForbidden(value.toCharArray(), 0, value.length()) >= 0) {
                throw value(reader, "character", "A string contains a control character other than tab, LF and CR");
            }
        }
    }

    private static void narrative(XMLStreamReader reader) {
        var allowed = Narrative.allowsElement(reader.getLocalName());
        for (var i = 0; allowed && i < reader.getAttributeCount(); i++) {
            allowed = Narrative.allowsAttribute(
                    reader.getLocalName(), reader.getAttributeName(i), reader.getAttributeValue(i));
        }
        if (!allowed) {
            throw Refused.badRequest(new Issue(
                    IssueType.SECURITY,
                    "narrative-unsafe",
                    null,
                    "A narrative has formatting, links and the resource's own pictures only (FHIR R4, txt-1)"
                            + place(reader)));
        }
    }

    private static boolean exponentTooLarge(String digits) {
        return digits.length() > 2 || Integer.parseInt(digits) > LARGEST_EXPONENT;
    }

    private Refused tooManyEntries() {
        return new Refused(
                413,
                List.of(new Issue(
                        IssueType.TOOCOSTLY,
                        "bundle-too-large",
                        "Bundle.entry",
                        "A Bundle has at most " + limits.bundleEntries() + " entries.")));
    }

    private static Refused structure(XMLStreamReader reader, String code, String what) {
        return Refused.badRequest(Issue.structure(code, null, what + place(reader)));
    }

    private static Refused value(XMLStreamReader reader, String code, String what) {
        return Refused.badRequest(Issue.value(code, null, what + place(reader)));
    }

    private static String place(XMLStreamReader reader) {
        var at = reader.getLocation();
        return ", line " + at.getLineNumber() + ", column " + at.getColumnNumber() + ".";
    }
}

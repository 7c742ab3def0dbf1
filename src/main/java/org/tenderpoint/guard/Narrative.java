package org.tenderpoint.guard;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.util.XmlUtil;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;
import javax.xml.stream.events.Attribute;
import javax.xml.stream.events.StartElement;
import javax.xml.stream.events.XMLEvent;
import org.jspecify.annotations.Nullable;

/**
 * What the XHTML of a narrative may consist of: formatting, links and the document's own pictures, nothing that runs
 * and nothing that a viewer would load from elsewhere. A narrative outside of this is refused, never rewritten.
 *
 * @see <a href="https://hl7.org/fhir/R4/narrative.html">FHIR R4, narrative, invariant txt-1</a>
 */
final class Narrative {

    private static final Set<String> ELEMENTS = Set.of(
            ("a abbr acronym b big blockquote br caption cite code col colgroup dd dfn div dl dt em h1 h2 h3 h4 h5 h6 hr"
                            + " i img li ol p pre q samp small span strong sub sup table tbody td tfoot th thead tr tt ul"
                            + " var")
                    .split(" "));
    private static final Set<String> ATTRIBUTES = Set.of(
            ("abbr align alt axis bgcolor border cellpadding cellspacing char charoff cite class colspan compact dir"
                            + " frame headers height href hreflang id lang name nowrap rel rowspan rules scope span src start"
                            + " style summary tabindex title type valign value width")
                    .split(" "));
    private static final int DEEPEST = 64;
    private static final Pattern LINK = Pattern.compile("(https?://|mailto:|tel:|urn:|#).*", Pattern.DOTALL);
    private static final Pattern RELATIVE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9./_-]*");
    private static final Pattern STYLE_THAT_LOADS = Pattern.compile("url|expression|import|binding|behavior|[\\\\@<]");

    /** How a narrative fails. */
    enum Fault {
        MALFORMED,
        UNSAFE
    }

    private Narrative() {}

    /** Reads the div of a narrative as it stands in JSON; null if it is allowed. */
    static @Nullable Fault fault(String div) {
        var begin = div.strip();
        if (!begin.startsWith("<") || begin.startsWith("<?") || begin.startsWith("<!")) {
            // HAPI would wrap bare text into a div of its own, and skip a declaration.
            return Fault.MALFORMED;
        }
        List<XMLEvent> events;
        try {
            events = XmlUtil.parse(div);
        } catch (DataFormatException e) {
            return Fault.MALFORMED;
        }
        var first = true;
        var depth = 0;
        for (var event : events) {
            if (event instanceof StartElement start) {
                if (first && !start.getName().getLocalPart().equals("div")) {
                    return Fault.UNSAFE;
                }
                first = false;
                if (++depth > DEEPEST) {
                    return Fault.UNSAFE;
                }
                if (!allowsElement(start.getName().getLocalPart())) {
                    return Fault.UNSAFE;
                }
                for (var attributes = start.getAttributes(); attributes.hasNext(); ) {
                    Attribute attribute = attributes.next();
                    if (!allowsAttribute(start.getName().getLocalPart(), attribute.getName(), attribute.getValue())) {
                        return Fault.UNSAFE;
                    }
                }
            } else if (event.isEndElement()) {
                depth--;
            } else if (event.isProcessingInstruction() || event.getEventType() == XMLEvent.DTD) {
                return Fault.UNSAFE;
            }
        }
        return first ? Fault.MALFORMED : null;
    }

    static boolean allowsElement(String name) {
        return ELEMENTS.contains(name);
    }

    static boolean allowsAttribute(String element, QName name, String value) {
        var local = name.getLocalPart();
        if (!name.getNamespaceURI().isEmpty()) {
            return local.equals("lang") && name.getNamespaceURI().equals("http://www.w3.org/XML/1998/namespace");
        }
        return ATTRIBUTES.contains(local)
                && switch (local) {
                    case "href" -> element.equals("a") && isLink(value);
                    // A picture from elsewhere tells its server who reads the record, and when.
                    case "src" -> element.equals("img") && value.startsWith("#");
                    case "cite" -> isLink(value);
                    case "style" ->
                        !STYLE_THAT_LOADS
                                .matcher(value.toLowerCase(Locale.ROOT))
                                .find();
                    default -> true;
                };
    }

    private static boolean isLink(String value) {
        return LINK.matcher(value).matches() || RELATIVE.matcher(value).matches();
    }
}

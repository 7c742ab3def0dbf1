package org.tenderpoint.oracle;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** Values to search by, which are in the record or lie just beside what is there. */
final class RandomValues {

    /** Dates of every precision, some of which meet at their ends. */
    static final String[] MOMENTS = {
        "2025",
        "2026",
        "2026-03",
        "2025-12",
        "2026-03-09",
        "2026-03-10",
        "2025-12-31",
        "2026-01-01",
        "2026-03-09T10:05:00Z",
        "2026-03-09T10:05:30+02:00",
        "2026-03-09T23:30:00-05:00",
        "2026-03-09T10:05:00.000Z",
        "2026-03-09T10:05:00.999Z",
        "2026-01-01T00:00:00Z",
        "2025-12-31T23:59:59Z"
    };

    private static final List<String> PREFIXES = List.of("eq", "ne", "gt", "lt", "ge", "le", "sa", "eb", "ap");

    private final Dice dice;
    private final Elements elements;
    private final Map<String, List<Resource>> record;
    private final KnownValueSets valueSets;

    RandomValues(Dice dice, Elements elements, Map<String, List<Resource>> record, KnownValueSets valueSets) {
        this.dice = dice;
        this.elements = elements;
        this.record = record;
        this.valueSets = valueSets;
    }

    /** A value that a parameter with that modifier may be asked for. */
    String value(String type, String param, String modifier) {
        var kind = elements.kind(type, param);
        var there = there(type, param);
        return switch (kind) {
            case TOKEN ->
                switch (modifier) {
                    case ":of-type" -> ofType();
                    case ":in", ":not-in" -> Texts.escape(dice.of(valueSets.urls()));
                    default -> token(there);
                };
            case STRING -> string(there, modifier);
            case DATE -> (dice.in100(75) ? dice.of(PREFIXES) : "") + moment(there);
            case QUANTITY -> quantity();
            case REFERENCE -> reference(there, modifier);
            case URI -> uri(there);
            case COMPOSITE -> composite(type, param);
            default -> throw new IllegalStateException(param + " is " + kind);
        };
    }

    private List<Base> there(String type, String param) {
        return record.get(type).stream()
                .flatMap(resource -> elements.of(resource, param).stream())
                .toList();
    }

    private String composite(String type, String param) {
        return token(there(type, "combo-code"))
                + "$"
                + switch (param.substring(param.lastIndexOf("value-"))) {
                    case "value-quantity" -> quantity();
                    case "value-concept" -> token(there(type, "combo-value-concept"));
                    case "value-date" -> dice.of(PREFIXES) + dice.of(MOMENTS);
                    default -> Texts.escape(dice.of("better", "worse", "m\u00fcde"));
                };
    }

    private String token(List<Base> there) {
        if (there.isEmpty() || dice.in100(5)) {
            return dice.of("nothing", "urn:nowhere|A", "|a");
        }
        var element = dice.of(there);
        if (element instanceof CodeableConcept concept && concept.hasCoding()) {
            element = dice.of(concept.getCoding());
        }
        if (element instanceof Coding coding && coding.hasCode()) {
            return token(coding.hasSystem() ? coding.getSystem() : "", coding.getCode());
        }
        if (element instanceof Identifier identifier && identifier.hasValue()) {
            return token(identifier.hasSystem() ? identifier.getSystem() : "", identifier.getValue());
        }
        if (element instanceof ContactPoint contact) {
            return Texts.escape(contact.getValue());
        }
        if (element instanceof Enumeration<?> code) {
            return code.getValueAsString();
        }
        return element.isPrimitive() ? element.primitiveValue() : "nothing";
    }

    private String token(String system, String code) {
        return switch (dice.below(4)) {
            case 0 -> Texts.escape(code);
            case 1 -> "|" + Texts.escape(code);
            case 2 -> system.isEmpty() ? Texts.escape(code) : Texts.escape(system) + "|";
            default -> Texts.escape(system) + "|" + Texts.escape(code);
        };
    }

    private String ofType() {
        return Texts.escape(RandomElements.PLACER) + "|" + dice.of("MR", "VN", "PLAC") + "|"
                + Texts.escape(dice.of("N-1", "N-2", "7|8", "7,8"));
    }

    private String string(List<Base> there, String modifier) {
        var texts = there.stream().flatMap(RandomValues::texts).toList();
        if (texts.isEmpty() || dice.in100(5)) {
            return "nothing";
        }
        var text = dice.of(texts);
        if (!modifier.equals(":exact") || dice.in100(30)) {
            var from = modifier.equals(":contains") ? dice.below(text.length()) : 0;
            text = text.substring(from, from + 1 + dice.below(text.length() - from));
            text = dice.of(text, text.toUpperCase(java.util.Locale.ROOT), Specification.folded(text));
        }
        return text.isBlank() ? "m" : Texts.escape(text);
    }

    private static Stream<String> texts(Base element) {
        if (element instanceof HumanName name) {
            return Stream.concat(
                            Stream.of(name.getFamily()),
                            name.getGiven().stream().map(g -> g.getValue()))
                    .filter(text -> text != null);
        }
        if (element instanceof Address address) {
            return Stream.of(address.getCity(), address.getPostalCode()).filter(text -> text != null);
        }
        return element.isPrimitive() ? Stream.of(element.primitiveValue()) : Stream.of();
    }

    private String moment(List<Base> there) {
        var texts = there.stream()
                .filter(Base::isPrimitive)
                .map(Base::primitiveValue)
                .toList();
        if (texts.isEmpty() || dice.in100(50)) {
            return dice.of(MOMENTS);
        }
        var text = dice.of(texts);
        return text.length() > 10 && dice.in100(50) ? text.substring(0, dice.of(4, 7, 10)) : text;
    }

    private String quantity() {
        var number = new BigDecimal(
                dice.of("5", "5.0", "5.4", "5.40", "-5", "100", "100.0", "99.5", "0", "0.0", "42", "120"));
        var prefix = dice.in100(60) ? dice.of(PREFIXES) : "";
        return prefix
                + number.toPlainString()
                + dice.of("", "", "|http://unitsofmeasure.org|mm", "||mm", "||mmHg", "|http://unitsofmeasure.org|a");
    }

    private String reference(List<Base> there, String modifier) {
        if (modifier.equals(":identifier")) {
            return token(there.stream()
                    .map(element -> (Base) ((Reference) element).getIdentifier())
                    .filter(identifier -> !identifier.isEmpty())
                    .toList());
        }
        var references = there.stream()
                .map(element -> ((Reference) element).getReference())
                .filter(reference -> reference != null)
                .toList();
        if (references.isEmpty() || dice.in100(5)) {
            return "Patient/00000000-0000-4000-8000-000000000000";
        }
        var reference = dice.of(references);
        return modifier.isEmpty() && dice.in100(60) ? reference : reference.substring(reference.indexOf('/') + 1);
    }

    private String uri(List<Base> there) {
        return there.isEmpty()
                ? "https://example.org/protocol"
                : Texts.escape(dice.of(dice.of(there).primitiveValue(), "https://example.org/protocol"));
    }
}

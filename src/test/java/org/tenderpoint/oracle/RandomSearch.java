package org.tenderpoint.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.tenderpoint.oracle.Search.Criterion;

/** Searches whose values come from the record, or lie just beside what is there. */
final class RandomSearch {

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
    private final Map<String, List<String>> params;

    /**
     * @param record the resources of each type
     * @param params the parameters of each type that the server offers and R4 defines
     */
    RandomSearch(Dice dice, Elements elements, Map<String, List<Resource>> record, Map<String, List<String>> params) {
        this.dice = dice;
        this.elements = elements;
        this.record = record;
        this.params = params;
    }

    Search next() {
        var type = dice.of(record.keySet().stream().sorted().toList());
        var criteria = new ArrayList<Criterion>();
        for (int i = dice.of(1, 1, 1, 2, 2, 3); i > 0; i--) {
            criteria.add(dice.in100(15) ? through(type) : criterion(type, true));
        }
        var sort = dice.in100(40) ? dice.some(sortable(type), 2) : List.<String>of();
        var keys = sort.stream().map(key -> dice.in100(50) ? key : "-" + key).toList();
        return new Search(type, List.copyOf(criteria), keys, dice.of(1, 3, 7, 50));
    }

    /** What the other end of a reference has to fulfil. */
    private Criterion through(String type) {
        var forward = params.get(type).stream()
                .filter(param -> isReference(type, param))
                .flatMap(param -> targetsOf(type, param).map(target -> param + ":" + target + "." + target))
                .toList();
        var backward = record.keySet().stream()
                .sorted()
                .flatMap(other -> params.get(other).stream()
                        .filter(param -> isReference(other, param))
                        .filter(param -> targetsOf(other, param).anyMatch(type::equals))
                        .map(param -> "_has:" + other + ":" + param + ":" + other))
                .toList();
        var ways = Stream.concat(forward.stream(), backward.stream()).toList();
        if (ways.isEmpty()) {
            return criterion(type, true);
        }
        var way = dice.of(ways);
        var cut = Math.max(way.lastIndexOf('.'), way.lastIndexOf(':')) + 1;
        var inner = criterion(way.substring(cut), false);
        return new Criterion(way.substring(0, cut) + inner.name(), inner.values());
    }

    /** The types of the record that a parameter really points at somewhere in it. */
    private Stream<String> targetsOf(String type, String param) {
        return record.get(type).stream()
                .flatMap(resource -> elements.of(resource, param).stream())
                .map(element -> ((Reference) element).getReferenceElement().getResourceType())
                .filter(target -> target != null && record.containsKey(target))
                .distinct()
                .sorted();
    }

    private boolean isReference(String type, String param) {
        return elements.kind(type, param) == RestSearchParameterTypeEnum.REFERENCE;
    }

    private List<String> sortable(String type) {
        var unsorted = Set.of(RestSearchParameterTypeEnum.REFERENCE, RestSearchParameterTypeEnum.COMPOSITE);
        return Stream.concat(
                        Stream.of("_id", "_lastUpdated"),
                        params.get(type).stream().filter(param -> !unsorted.contains(elements.kind(type, param))))
                .toList();
    }

    private Criterion criterion(String type, boolean withModifier) {
        if (dice.in100(4)) {
            return new Criterion(
                    "_id", List.of(dice.of(record.get(type)).getIdElement().getIdPart()));
        }
        var param = dice.of(params.get(type));
        var kind = elements.kind(type, param);
        if (kind == RestSearchParameterTypeEnum.COMPOSITE) {
            return new Criterion(param, List.of(composite(type, param)));
        }
        var modifier = withModifier ? modifier(type, param, kind) : "";
        if (modifier.equals(":missing")) {
            return new Criterion(param + modifier, List.of(dice.of("true", "false")));
        }
        var values = new ArrayList<String>();
        for (int i = dice.of(1, 1, 1, 2, 3); i > 0; i--) {
            values.add(value(type, param, kind, modifier));
        }
        return new Criterion(param + modifier, List.copyOf(values));
    }

    private String modifier(String type, String param, RestSearchParameterTypeEnum kind) {
        if (dice.in100(10)) {
            return ":missing";
        }
        if (dice.in100(60)) {
            return "";
        }
        return switch (kind) {
            case TOKEN -> param.equals("identifier") && dice.in100(60) ? ":of-type" : ":not";
            case STRING -> dice.of(":exact", ":contains");
            case URI -> dice.of(":below", ":above");
            case REFERENCE ->
                targetsOf(type, param).findFirst().map(target -> ":" + target).orElse("");
            default -> "";
        };
    }

    private String value(String type, String param, RestSearchParameterTypeEnum kind, String modifier) {
        var there = record.get(type).stream()
                .flatMap(resource -> elements.of(resource, param).stream())
                .toList();
        return switch (kind) {
            case TOKEN -> modifier.equals(":of-type") ? ofType() : token(there);
            case STRING -> string(there, modifier);
            case DATE -> (dice.in100(75) ? dice.of(PREFIXES) : "") + moment(there);
            case QUANTITY -> quantity();
            case REFERENCE -> reference(there, modifier);
            case URI -> uri(there);
            default -> throw new IllegalStateException(param + " is " + kind);
        };
    }

    private String composite(String type, String param) {
        var codes = record.get(type).stream()
                .flatMap(resource -> elements.of(resource, "combo-code").stream())
                .toList();
        var concepts = record.get(type).stream()
                .flatMap(resource -> elements.of(resource, "combo-value-concept").stream())
                .toList();
        return token(codes)
                + "$"
                + switch (param.substring(param.lastIndexOf("value-"))) {
                    case "value-quantity" -> quantity();
                    case "value-concept" -> token(concepts);
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
        return Texts.escape(RandomRecord.PLACER) + "|" + dice.of("MR", "VN", "PLAC") + "|"
                + Texts.escape(dice.of("N-1", "N-2", "7|8", "7,8"));
    }

    private String string(List<Base> there, String modifier) {
        var texts = there.stream().flatMap(RandomSearch::texts).toList();
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

package org.tenderpoint.oracle;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.oracle.Search.Criterion;

/**
 * What R4's search page says, resource by resource and without an index. Where it leaves something open, the reading is the
 * one of {@code docs/spec-notes.md}.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html">search</a>
 */
final class Specification {

    private static final Pattern PREFIXED = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb|ap)?(.*)");

    private final Elements elements;
    private final Map<String, Resource> record;
    private final KnownValueSets valueSets;

    /** @param record all resources that there are, by {@code Type/id} */
    Specification(Elements elements, Map<String, Resource> record, KnownValueSets valueSets) {
        this.elements = elements;
        this.record = record;
        this.valueSets = valueSets;
    }

    boolean matches(Resource resource, Search search) {
        return search.criteria().stream()
                .allMatch(criterion -> matches(resource, criterion.name(), criterion.values()));
    }

    /**
     * Where the way of a criterion ends.
     *
     * @param criterion what is asked there
     */
    record End(Resource resource, Criterion criterion) {}

    /** The resources that a criterion looks at when it looks at one: that one, or those at the end of its chain. */
    Stream<End> ends(Resource resource, Criterion criterion) {
        var name = criterion.name();
        if (name.startsWith("_has:")) {
            var parts = name.split(":", 4);
            return record.values().stream()
                    .filter(other -> other.fhirType().equals(parts[1]))
                    .filter(other -> targets(other, parts[2]).anyMatch(target -> target == resource))
                    .flatMap(other -> ends(other, new Criterion(parts[3], criterion.values())));
        }
        var dot = name.indexOf('.');
        if (dot < 0) {
            return Stream.of(new End(resource, criterion));
        }
        var head = name.substring(0, dot).split(":", 2);
        return targets(resource, head[0])
                .filter(target -> head.length == 1 || target.fhirType().equals(head[1]))
                .flatMap(target -> ends(target, new Criterion(name.substring(dot + 1), criterion.values())));
    }

    /** What a criterion looks at in a resource, for people. */
    String seen(Resource resource, Criterion criterion) {
        return ends(resource, criterion)
                .map(end -> Loaded.reference(end.resource()) + " " + seen(end))
                .toList()
                .toString();
    }

    private String seen(End end) {
        var resource = end.resource();
        var criterion = end.criterion();
        var param = criterion.name().split("[:.]", 2)[0];
        var found = elements.definition(resource.fhirType(), param).isEmpty()
                ? Stream.of("")
                : elements.of(resource, param).stream().flatMap(Specification::seen);
        return param + found.toList();
    }

    private static Stream<String> seen(Base element) {
        if (element instanceof Reference reference) {
            return Stream.of(String.valueOf(reference.getReference()));
        }
        if (element instanceof Quantity quantity) {
            return Stream.of(quantity.getValue() + "|" + quantity.getSystem() + "|" + quantity.getCode() + "|"
                    + quantity.getUnit());
        }
        if (element instanceof Resource) {
            return Stream.of("the whole resource");
        }
        return Stream.of(
                        Token.of(element).map(Token::toString),
                        texts(element),
                        Span.of(element).map(Span::toString))
                .flatMap(values -> values);
    }

    private boolean matches(Resource resource, String name, List<String> values) {
        if (name.startsWith("_has:")) {
            var parts = name.split(":", 4);
            return record.values().stream()
                    .filter(other -> other.fhirType().equals(parts[1]))
                    .filter(other -> targets(other, parts[2]).anyMatch(target -> target == resource))
                    .anyMatch(other -> matches(other, parts[3], values));
        }
        var dot = name.indexOf('.');
        var head = dot < 0 ? name : name.substring(0, dot);
        var param = head.split(":", 2)[0];
        var modifier = head.contains(":") ? head.substring(head.indexOf(':') + 1) : "";
        if (dot >= 0) {
            return targets(resource, param)
                    .filter(target -> modifier.isEmpty() || target.fhirType().equals(modifier))
                    .anyMatch(target -> matches(target, name.substring(dot + 1), values));
        }
        return switch (modifier) {
            case "missing" -> isMissing(resource, param) == Boolean.parseBoolean(values.get(0));
            // "the resource does not have the value": none of them, see the notes
            case "not" -> values.stream().noneMatch(value -> matchesOne(resource, param, "", value));
            case "not-in" -> values.stream().noneMatch(value -> matchesOne(resource, param, "in", value));
            default -> values.stream().anyMatch(value -> matchesOne(resource, param, modifier, value));
        };
    }

    private Stream<Resource> targets(Resource resource, String param) {
        return elements.of(resource, param).stream()
                .map(element -> record.get(((Reference) element).getReference()))
                .filter(Objects::nonNull);
    }

    private boolean isMissing(Resource resource, String param) {
        var found = elements.of(resource, param).stream();
        return switch (elements.kind(resource.fhirType(), param)) {
            case TOKEN -> found.flatMap(Token::of).findAny().isEmpty();
            case STRING -> found.flatMap(Specification::texts).findAny().isEmpty();
            case DATE -> found.flatMap(Span::of).findAny().isEmpty();
            case QUANTITY -> found.noneMatch(Quantity.class::isInstance);
            default -> found.findAny().isEmpty();
        };
    }

    private boolean matchesOne(Resource resource, String param, String modifier, String value) {
        switch (param) {
            case "_id" -> {
                return resource.getIdElement().getIdPart().equals(value);
            }
            case "_tag" -> {
                return resource.getMeta().getTag().stream().flatMap(Token::of).anyMatch(t -> t.isFoundBy(value));
            }
            case "_lastUpdated" -> {
                return date(resource.getMeta().getLastUpdatedElement(), value);
            }
            default -> {
                // R4's parameters of the type follow
            }
        }
        var kind = elements.kind(resource.fhirType(), param);
        if (kind == ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum.COMPOSITE) {
            return composite(resource, param, value);
        }
        var found = elements.of(resource, param).stream();
        return switch (kind) {
            case TOKEN ->
                switch (modifier) {
                    case "of-type" -> found.anyMatch(element -> ofType(element, value));
                    case "in" -> found.flatMap(Token::of).anyMatch(token -> isIn(token, value));
                    default -> found.flatMap(Token::of).anyMatch(token -> token.isFoundBy(value));
                };
            case STRING ->
                found.flatMap(Specification::texts).anyMatch(text -> text(text, modifier, Texts.plain(value)));
            case DATE -> found.anyMatch(element -> date(element, value));
            case QUANTITY -> found.anyMatch(element -> quantity(element, value));
            case REFERENCE -> found.anyMatch(element -> reference((Reference) element, modifier, value));
            case URI -> found.anyMatch(element -> uri(element.primitiveValue(), modifier, Texts.plain(value)));
            default -> throw new IllegalArgumentException(param);
        };
    }

    private boolean isIn(Token token, String valueSet) {
        return valueSets.codes(Texts.plain(valueSet)).stream()
                .anyMatch(coding -> coding.getSystem().equals(token.system())
                        && coding.getCode().equals(token.code()));
    }

    private static boolean ofType(Base element, String value) {
        var parts = Texts.split(value, '|').stream().map(Texts::plain).toList();
        return element instanceof Identifier identifier
                && parts.get(2).equals(identifier.getValue())
                && identifier.getType().getCoding().stream()
                        .anyMatch(type -> parts.get(0).equals(type.getSystem())
                                && parts.get(1).equals(type.getCode()));
    }

    static Stream<String> texts(Base element) {
        if (element instanceof HumanName name) {
            return filled(
                    Stream.of(name.getTextElement(), name.getFamilyElement()),
                    name.getGiven(),
                    name.getPrefix(),
                    name.getSuffix());
        }
        if (element instanceof Address address) {
            return filled(
                    Stream.of(
                            address.getTextElement(),
                            address.getCityElement(),
                            address.getDistrictElement(),
                            address.getStateElement(),
                            address.getPostalCodeElement(),
                            address.getCountryElement()),
                    address.getLine());
        }
        return element.isPrimitive() ? Stream.ofNullable(element.primitiveValue()) : Stream.of();
    }

    @SafeVarargs
    private static Stream<String> filled(Stream<StringType> single, List<StringType>... lists) {
        return Stream.concat(single, Stream.of(lists).flatMap(List::stream))
                .filter(PrimitiveType::hasValue)
                .map(PrimitiveType::getValueAsString);
    }

    private static boolean text(String text, String modifier, String sought) {
        return switch (modifier) {
            case "exact" -> text.equals(sought);
            case "contains" -> folded(text).contains(folded(sought));
            default -> folded(text).startsWith(folded(sought));
        };
    }

    /** Without accents, and as Unicode folds case: upper case first, because some letters grow into two there. */
    static String folded(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}+", "");
        return plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    private static boolean date(Base element, String value) {
        var prefixed = PREFIXED.matcher(value);
        prefixed.matches();
        var prefix = Objects.requireNonNullElse(prefixed.group(1), "eq");
        var search = Span.parse(prefixed.group(2));
        return Span.of(element).anyMatch(span -> span.isFoundBy(prefix, search));
    }

    private static boolean quantity(Base element, String value) {
        if (!(element instanceof Quantity quantity) || !quantity.hasValue()) {
            return false;
        }
        var parts = Texts.split(value, '|').stream().map(Texts::plain).toList();
        var prefixed = PREFIXED.matcher(parts.get(0));
        prefixed.matches();
        var prefix = Objects.requireNonNullElse(prefixed.group(1), "eq");
        return amount(quantity.getValue(), prefix, new BigDecimal(prefixed.group(2)))
                && (parts.size() == 1 || unit(quantity, parts.get(1), parts.get(2)));
    }

    static boolean amount(BigDecimal amount, String prefix, BigDecimal sought) {
        // "searching for values in the range [99.5 ... 100.5)"
        var half = new BigDecimal("0.5").movePointLeft(sought.scale());
        var equal = amount.compareTo(sought.subtract(half)) >= 0 && amount.compareTo(sought.add(half)) < 0;
        // "the implicit precision of the number is ignored, and they are treated as if they have arbitrarily high
        // precision"
        var order = amount.compareTo(sought);
        return switch (prefix) {
            case "eq" -> equal;
            case "ne" -> !equal;
            case "gt", "sa" -> order > 0;
            case "lt", "eb" -> order < 0;
            case "ge" -> order >= 0;
            case "le" -> order <= 0;
            // "10% of the stated value"
            case "ap" -> amount.subtract(sought).abs().compareTo(sought.abs().movePointLeft(1)) <= 0;
            default -> throw new IllegalArgumentException(prefix);
        };
    }

    private static boolean unit(Quantity quantity, String system, String code) {
        if (system.isEmpty()) {
            return code.equals(quantity.getCode()) || code.equals(quantity.getUnit());
        }
        return system.equals(quantity.getSystem()) && (code.isEmpty() || code.equals(quantity.getCode()));
    }

    private boolean reference(Reference reference, String modifier, String value) {
        if (modifier.equals("identifier")) {
            return Token.of(reference.getIdentifier()).anyMatch(token -> token.isFoundBy(value));
        }
        var wanted = value.contains("/") ? value : modifier.isEmpty() ? null : modifier + "/" + value;
        var target = reference.getReference();
        return target != null
                && (modifier.isEmpty() || target.startsWith(modifier + "/"))
                && (wanted == null ? target.endsWith("/" + value) : target.equals(wanted));
    }

    private static boolean uri(String uri, String modifier, String sought) {
        return switch (modifier) {
            case "below" -> uri.equals(sought) || uri.startsWith(sought.endsWith("/") ? sought : sought + "/");
            case "above" -> uri.equals(sought) || sought.startsWith(uri.endsWith("/") ? uri : uri + "/");
            default -> uri.equals(sought);
        };
    }

    /** {@code code$value}: both of the Observation itself, or both of the same component. */
    private static boolean composite(Resource resource, String param, String value) {
        var parts = Texts.split(value, '$');
        var observation = (Observation) resource;
        var whole = Stream.of(new Part(observation.getCode(), observation.getValue()));
        var components = observation.getComponent().stream().map(c -> new Part(c.getCode(), c.getValue()));
        var looked = param.startsWith("component-")
                ? components
                : param.startsWith("combo-") ? Stream.concat(whole, components) : whole;
        return looked.anyMatch(part -> Token.of(part.code).anyMatch(token -> token.isFoundBy(parts.get(0)))
                && part.value != null
                && part.holds(param, parts.get(1)));
    }

    private record Part(CodeableConcept code, @Nullable Base value) {

        private static Stream<String> wording(Base value) {
            return texts(value instanceof CodeableConcept concept ? concept.getTextElement() : value);
        }

        private static final Set<String> DATES = Set.of("dateTime", "Period");

        boolean holds(String param, String sought) {
            var there = Objects.requireNonNull(value);
            return switch (param.substring(param.lastIndexOf("value-"))) {
                case "value-quantity" -> quantity(there, sought);
                case "value-concept" ->
                    there instanceof CodeableConcept && Token.of(there).anyMatch(token -> token.isFoundBy(sought));
                // What value-string finds is the text of a code, too; see the notes.
                case "value-string" ->
                    (there instanceof StringType || there instanceof CodeableConcept)
                            && wording(there).anyMatch(text -> text(text, "", Texts.plain(sought)));
                case "value-date" -> DATES.contains(there.fhirType()) && date(there, sought);
                default -> throw new IllegalArgumentException(param);
            };
        }
    }
}

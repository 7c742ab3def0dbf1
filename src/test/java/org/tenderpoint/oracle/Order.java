package org.tenderpoint.oracle;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * Whether rows come in the order that {@code _sort} asks for.
 *
 * @see <a href="https://hl7.org/fhir/R4/search.html#sort">_sort</a>
 */
final class Order {

    private final Elements elements;

    Order(Elements elements) {
        this.elements = elements;
    }

    /** The first two rows that stand the wrong way round, if two do. */
    Optional<String> broken(Search search, List<Resource> rows) {
        for (int i = 1; i < rows.size(); i++) {
            var before = rows.get(i - 1);
            var after = rows.get(i);
            for (var key : search.sort()) {
                var descending = key.startsWith("-");
                var param = descending ? key.substring(1) : key;
                var one = value(before, param, descending);
                var other = value(after, param, descending);
                var compared = compare(one, other, descending);
                if (compared > 0) {
                    return Optional.of("%s: %s (%s) stands before %s (%s)"
                            .formatted(key, one, Loaded.reference(before), other, Loaded.reference(after)));
                }
                if (compared < 0) {
                    break;
                }
            }
        }
        return Optional.empty();
    }

    /** What lacks the value comes last either way; see the notes on the specification. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static int compare(@Nullable Comparable one, @Nullable Comparable other, boolean descending) {
        if (one == null || other == null) {
            return (one == null ? 1 : 0) - (other == null ? 1 : 0);
        }
        return descending ? other.compareTo(one) : one.compareTo(other);
    }

    /** "the item in the set of multiple parameters that comes earliest in the specified sort order" */
    private @Nullable Comparable<?> value(Resource resource, String param, boolean descending) {
        return switch (param) {
            case "_id" -> resource.getIdElement().getIdPart();
            case "_lastUpdated" -> resource.getMeta().getLastUpdated().toInstant();
            default -> outermost(resource, param, descending);
        };
    }

    private @Nullable Comparable<?> outermost(Resource resource, String param, boolean descending) {
        var found = elements.of(resource, param).stream();
        return switch (elements.kind(resource.fhirType(), param)) {
            case DATE -> {
                // What has no date stands where an open beginning stands, or behind everything.
                var low = first(found.flatMap(Span::of).map(Span::low), descending);
                yield low != null ? low : descending ? Span.OPEN_LOW : Span.OPEN_HIGH;
            }
            case QUANTITY -> first(found.flatMap(Order::amounts), descending);
            case STRING -> first(found.flatMap(Specification::texts).map(Specification::folded), descending);
            case TOKEN -> first(found.flatMap(Token::of).map(Token::code), descending);
            default -> first(found.map(Base::primitiveValue), descending);
        };
    }

    private static Stream<BigDecimal> amounts(Base element) {
        return element instanceof Quantity quantity && quantity.hasValue()
                ? Stream.of(quantity.getValue())
                : Stream.of();
    }

    private static <T extends Comparable<T>> @Nullable T first(Stream<T> values, boolean descending) {
        var order = descending ? Comparator.<T>reverseOrder() : Comparator.<T>naturalOrder();
        return values.min(order).orElse(null);
    }
}

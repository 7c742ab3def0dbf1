package org.tenderpoint.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.oracle.Search.Criterion;

/**
 * Where HAPI's matcher does something else than R4 says, so that it cannot be the judge of a resource. Each has its row in
 * {@code docs/spec-notes.md}, with the sentence of R4 that decides it.
 */
enum Departures {
    /** {@code |code} is read as {@code code}. */
    NO_SYSTEM {
        @Override
        boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found) {
            return kind == RestSearchParameterTypeEnum.TOKEN && value.startsWith("|");
        }
    },
    /** A search date of a year or a month does not contain what lies in it. */
    SHORT_DATE {
        @Override
        boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found) {
            return kind == RestSearchParameterTypeEnum.DATE && value.matches("([a-z]{2})?\\d{4}(-\\d\\d)?");
        }
    },
    /** What lies across an end of the search date is not seen to reach beyond it. */
    ACROSS {
        @Override
        boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found) {
            if (kind != RestSearchParameterTypeEnum.DATE) {
                return false;
            }
            var search = Span.parse(value.replaceFirst("^[a-z]{2}", ""));
            return found.stream()
                    .flatMap(Span::of)
                    .anyMatch(span -> span.low().isBefore(search.high())
                            && span.high().isAfter(search.low())
                            && !span.isFoundBy("eq", search));
        }
    },
    /** An amount is compared as a number with no zeros at its end, and without the precision that its digits say. */
    PRECISION {
        @Override
        boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found) {
            if (kind != RestSearchParameterTypeEnum.QUANTITY) {
                return false;
            }
            var sought = new BigDecimal(value.split("\\|", 2)[0].replaceFirst("^[a-z]{2}", ""));
            var endsInZero = sought.scale() > 0 && sought.stripTrailingZeros().scale() < sought.scale();
            return endsInZero
                    || found.stream()
                            .filter(Quantity.class::isInstance)
                            .map(element -> ((Quantity) element).getValue())
                            .anyMatch(amount ->
                                    amount.compareTo(sought) != 0 && Specification.amount(amount, "eq", sought));
        }
    },
    /** A date without a time is compared with the day on the clock of whoever wrote the resource. */
    ANOTHER_ZONE {
        @Override
        boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found) {
            return kind == RestSearchParameterTypeEnum.DATE
                    && !value.contains("T")
                    && found.stream()
                            .flatMap(Departures::written)
                            .anyMatch(date -> date.matches(".*T.*[+-]\\d\\d:\\d\\d"));
        }
    };

    abstract boolean concerns(RestSearchParameterTypeEnum kind, String value, List<Base> found);

    /** True where HAPI is no judge of whether a resource matches. */
    static boolean any(Search search, Resource resource, Elements elements) {
        return search.criteria().stream().anyMatch(criterion -> any(criterion, resource, elements));
    }

    private static boolean any(Criterion criterion, Resource resource, Elements elements) {
        var param = criterion.name().split("[:.]", 2)[0];
        var definition = elements.definition(resource.fhirType(), param);
        return definition.isPresent()
                && !param.startsWith("_")
                && criterion.values().stream().anyMatch(value -> Stream.of(values())
                        .anyMatch(departure -> departure.concerns(
                                definition.get().getParamType(), value, elements.of(resource, param))));
    }

    /** The dates of an element as they were written. */
    private static Stream<String> written(Base element) {
        return Stream.concat(
                        Stream.of(element), element.children().stream().flatMap(child -> child.getValues().stream()))
                .map(Base::primitiveValue)
                .filter(Objects::nonNull);
    }
}

package org.tenderpoint.oracle;

import ca.uhn.fhir.rest.api.RestSearchParameterTypeEnum;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.tenderpoint.oracle.Specification.End;

/**
 * Where HAPI does something else than R4 says, so that it cannot be the judge of a resource. Each has its row in
 * {@code docs/spec-notes.md}, with the sentence of R4 that decides it.
 */
enum Departures {
    /** {@code |code} is read as {@code code}. */
    NO_SYSTEM(Judge.MATCHER) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.TOKEN
                    && asked.value().startsWith("|");
        }
    },
    /** A search date of a year or a month does not contain what lies in it. */
    SHORT_DATE(Judge.MATCHER, Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.DATE
                    && asked.value().matches("([a-z]{2})?\\d{4}(-\\d\\d)?");
        }
    },
    /** What lies across an end of the search date is not seen to reach beyond it. */
    ACROSS(Judge.MATCHER, Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            if (asked.kind() != RestSearchParameterTypeEnum.DATE) {
                return false;
            }
            var search = Span.parse(asked.value().replaceFirst("^[a-z]{2}", ""));
            return asked.found().stream()
                    .flatMap(Span::of)
                    .anyMatch(span -> span.low().isBefore(search.high())
                            && span.high().isAfter(search.low())
                            && !span.isFoundBy("eq", search));
        }
    },
    /** An amount is compared as a number with no zeros at its end, and without the precision that its digits say. */
    PRECISION(Judge.MATCHER, Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            if (asked.kind() != RestSearchParameterTypeEnum.QUANTITY) {
                return false;
            }
            var sought = new BigDecimal(asked.value().split("\\|", 2)[0].replaceFirst("^[a-z]{2}", ""));
            var endsInZero = sought.scale() > 0 && sought.stripTrailingZeros().scale() < sought.scale();
            return endsInZero
                    || asked.found().stream()
                            .filter(Quantity.class::isInstance)
                            .map(element -> ((Quantity) element).getValue())
                            .anyMatch(amount ->
                                    amount.compareTo(sought) != 0 && Specification.amount(amount, "eq", sought));
        }
    },
    /** Of a unit without a system only the code is compared. */
    UNIT_TEXT(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            var parts = asked.value().split("\\|", -1);
            return asked.kind() == RestSearchParameterTypeEnum.QUANTITY
                    && parts.length == 3
                    && parts[1].isEmpty()
                    && asked.found().stream()
                            .filter(Quantity.class::isInstance)
                            .map(Quantity.class::cast)
                            .anyMatch(quantity -> parts[2].equals(quantity.getUnit())
                                    && quantity.hasCode()
                                    && !parts[2].equals(quantity.getCode()));
        }
    },
    /** A date without a time is compared with the day on the clock of whoever wrote the resource. */
    ANOTHER_ZONE(Judge.MATCHER, Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.DATE
                    && !asked.value().contains("T")
                    && asked.found().stream()
                            .flatMap(Departures::written)
                            .anyMatch(date -> date.matches(".*T.*[+-]\\d\\d:\\d\\d"));
        }
    },
    /** In a composite a text is not that of a code. */
    COMPOSITE_TEXT(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.inComposite()
                    && asked.kind() == RestSearchParameterTypeEnum.STRING
                    && asked.resource() instanceof Observation observation
                    && !(observation.getValue() instanceof StringType);
        }
    },
    /** A reference that names its target by an identifier alone is missing. */
    LOGICAL(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.REFERENCE
                    && asked.found().stream()
                            .anyMatch(element -> element instanceof Reference reference && !reference.hasReference());
        }
    },
    /** A composite's parts may be those of different components. */
    ANY_COMPONENT(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.inComposite()
                    && !asked.param().startsWith("value-")
                    && asked.resource() instanceof Observation observation
                    && observation.hasComponent();
        }
    },
    /** With several codes one that is not in the value set is enough. */
    NOT_IN(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.name().endsWith(":not-in")
                    && asked.found().stream().flatMap(Token::of).count() > 1;
        }
    },
    /** Nothing is near an amount below zero. */
    NEAR_NEGATIVE(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.QUANTITY
                    && asked.value().startsWith("ap-");
        }
    },
    /** A percent sign or an underscore stands for any letters or letter. */
    WILDCARD(Judge.JPA) {
        @Override
        boolean concerns(Asked asked) {
            return asked.kind() == RestSearchParameterTypeEnum.STRING
                    && asked.value().matches(".*[%_].*");
        }
    };

    /** The parts of HAPI that are asked. */
    enum Judge {
        /** {@code InMemoryResourceMatcher} */
        MATCHER,
        /** the JPA server */
        JPA
    }

    private final Set<Judge> judges;

    Departures(Judge... judges) {
        this.judges = Set.of(judges);
    }

    /**
     * A value that is held against a resource.
     *
     * @param name with its modifier
     * @param param alone; of a composite its second part
     * @param value as it stands in the URL; of a composite its second part
     * @param found the elements that the parameter finds, of a composite the second one
     */
    record Asked(
            Resource resource,
            String name,
            String param,
            RestSearchParameterTypeEnum kind,
            String value,
            List<Base> found,
            boolean inComposite) {

        static Asked of(Elements elements, Resource resource, String name, String value, boolean inComposite) {
            var param = name.split("[:.]", 2)[0];
            var kind = elements.kind(resource.fhirType(), param);
            return kind == RestSearchParameterTypeEnum.COMPOSITE
                    ? of(
                            elements,
                            resource,
                            param.replace("code-", ""),
                            Texts.split(value, '$').get(1),
                            true)
                    : new Asked(resource, name, param, kind, value, elements.of(resource, param), inComposite);
        }
    }

    abstract boolean concerns(Asked asked);

    /** True where HAPI is no judge of whether the resource at the end of a criterion's way fulfils it. */
    static boolean any(Judge judge, End end, Elements elements) {
        var resource = end.resource();
        var name = end.criterion().name();
        var whetherMissing = name.endsWith(":missing");
        return !name.startsWith("_")
                && end.criterion().values().stream()
                        .map(value -> Asked.of(elements, resource, name, value, false))
                        .anyMatch(asked -> Stream.of(values())
                                .anyMatch(departure -> departure.judges.contains(judge)
                                        && whetherMissing == (departure == LOGICAL)
                                        && departure.concerns(asked)));
    }

    /** The dates of an element as they were written. */
    private static Stream<String> written(Base element) {
        return Stream.concat(
                        Stream.of(element), element.children().stream().flatMap(child -> child.getValues().stream()))
                .map(Base::primitiveValue)
                .filter(Objects::nonNull);
    }
}

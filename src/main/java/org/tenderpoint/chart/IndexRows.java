package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.Enumeration;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The index rows of the resources of one change, gathered so that each table is written once. */
final class IndexRows {

    /** Longest indexed text; queries are cut to the same length. */
    static final int LONGEST_TOKEN = 500;

    static final int LONGEST_STRING = 300;
    static final int LONGEST_URI = 1000;
    static final int LONGEST_UNIT = 100;
    /** Larger amounts are kept and not found; whoever asks for one is told. */
    static final BigDecimal LARGEST_AMOUNT = new BigDecimal("1e25");

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");

    final List<@Nullable Object[]> tokens = new ArrayList<>();
    final List<@Nullable Object[]> references = new ArrayList<>();
    final List<@Nullable Object[]> dates = new ArrayList<>();
    final List<@Nullable Object[]> quantities = new ArrayList<>();
    final List<@Nullable Object[]> strings = new ArrayList<>();
    final List<@Nullable Object[]> uris = new ArrayList<>();

    private final ParamIds paramIds;

    IndexRows(ParamIds paramIds) {
        this.paramIds = paramIds;
    }

    /** What all rows of one resource begin with, and where its references point. */
    private record Owner(long pk, @Nullable Long patientPk, Function<String, @Nullable Long> targets) {}

    /** One parameter of one resource, in one part of it. */
    private record Place(Owner owner, short param, int part, Set<List<@Nullable Object>> seen) {}

    /**
     * Adds the rows of one resource.
     *
     * @param targets finds the internal key behind a relative reference; none for references that are logical
     */
    void add(
            RecordType<?> type,
            Resource resource,
            long pk,
            @Nullable Long patientPk,
            Function<String, @Nullable Long> targets) {
        var owner = new Owner(pk, patientPk, targets);
        for (var param : type.params()) {
            add(type, param, param.valuesOf(resource), owner);
        }
        var meta = resource.getMeta();
        var tags = place(owner, type, "_tag");
        meta.getTag().forEach(tag -> token(tags, tag));
        var labels = place(owner, type, "_security");
        meta.getSecurity().forEach(label -> token(labels, label));
        var profiles = place(owner, type, "_profile");
        meta.getProfile().forEach(profile -> uri(profiles, profile.getValue()));
        uri(place(owner, type, "_source"), meta.getSource());
    }

    /** Adds the rows of one parameter. */
    void add(
            RecordType<?> type,
            SearchParam<?> param,
            List<? extends List<? extends Base>> values,
            long pk,
            Function<String, @Nullable Long> targets) {
        add(type, param, values, new Owner(pk, null, targets));
    }

    private void add(
            RecordType<?> type, SearchParam<?> param, List<? extends List<? extends Base>> values, Owner owner) {
        if (param.kind() == SearchParamType.REFERENCE) {
            var identifiers = place(owner, type, param.name() + ParamIds.IDENTIFIER);
            values.forEach(part -> part.forEach(value -> logical(identifiers, value)));
        }
        if (param.name().equals(ParamIds.TYPED)) {
            var typed = place(owner, type, ParamIds.TYPED + ParamIds.OF_TYPE);
            values.forEach(part -> part.forEach(value -> ofType(typed, value)));
        }
        if (!param.hasRows()) {
            return;
        }
        var seen = new HashSet<List<@Nullable Object>>();
        for (int i = 0; i < values.size(); i++) {
            var place = new Place(owner, paramIds.id(type.name(), param.name()), i, seen);
            for (var value : values.get(i)) {
                switch (param.kind()) {
                    case TOKEN -> token(place, value);
                    case REFERENCE -> {
                        reference(place, value);
                        uri(place, value.primitiveValue());
                    }
                    case DATE -> date(place, value);
                    case QUANTITY -> quantity(place, value);
                    case STRING -> string(place, value);
                    case URI -> uri(place, value.primitiveValue());
                    default -> throw new IllegalStateException("no index for " + param.kind());
                }
            }
        }
    }

    private Place place(Owner owner, RecordType<?> type, String name) {
        return new Place(owner, paramIds.id(type.name(), name), 0, new HashSet<>());
    }

    private void logical(Place place, Base value) {
        if (value instanceof Reference reference && reference.hasIdentifier()) {
            token(place, reference.getIdentifier());
        }
    }

    private void ofType(Place place, Base value) {
        if (value instanceof Identifier identifier && identifier.hasValue()) {
            for (var type : identifier.getType().getCoding()) {
                if (type.hasCode()) {
                    tokenRow(place, type.getSystem(), type.getCode() + "|" + identifier.getValue());
                }
            }
        }
    }

    private void token(Place place, Base value) {
        if (value instanceof CodeableConcept concept) {
            concept.getCoding().forEach(coding -> token(place, coding));
        } else if (value instanceof Coding coding) {
            tokenRow(place, coding.getSystem(), coding.getCode());
        } else if (value instanceof Identifier identifier) {
            tokenRow(place, identifier.getSystem(), identifier.getValue());
        } else if (value instanceof ContactPoint contact) {
            tokenRow(place, null, contact.getValue());
        } else if (value instanceof Enumeration<?> code && code.getValue() != null) {
            tokenRow(place, system(code), code.getValueAsString());
        } else if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            tokenRow(place, null, primitive.getValueAsString());
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static String system(Enumeration<?> code) {
        return ((Enumeration) code).getEnumFactory().toSystem(code.getValue());
    }

    private void tokenRow(Place place, @Nullable String system, @Nullable String code) {
        if (code != null && place.seen.add(Arrays.asList(place.part, system, code))) {
            tokens.add(new @Nullable Object[] {
                place.owner.pk,
                place.owner.patientPk,
                place.param,
                system == null ? null : cut(system, LONGEST_TOKEN),
                cut(code, LONGEST_TOKEN),
                (short) place.part
            });
        }
    }

    private void reference(Place place, Base value) {
        if (value instanceof Reference reference && reference.hasReference()) {
            var text = reference.getReference();
            var target = place.owner.targets.apply(text);
            if (target != null) {
                var type = text.substring(0, text.indexOf('/'));
                references.add(
                        new @Nullable Object[] {place.owner.pk, place.owner.patientPk, place.param, type, target});
            }
        }
    }

    private void date(Place place, Base value) {
        FhirDates.of(value)
                .ifPresent(span -> dates.add(new @Nullable Object[] {
                    place.owner.pk, place.owner.patientPk, place.param, utc(span.low()), utc(span.high())
                }));
    }

    private void quantity(Place place, Base value) {
        if (value instanceof Quantity quantity
                && quantity.hasValue()
                && quantity.getValue().abs().compareTo(LARGEST_AMOUNT) < 0) {
            quantities.add(new @Nullable Object[] {
                place.owner.pk,
                place.owner.patientPk,
                place.param,
                quantity.getValue().setScale(12, RoundingMode.HALF_EVEN),
                quantity.getSystem(),
                quantity.hasCode() ? cut(quantity.getCode(), LONGEST_UNIT) : null,
                (short) place.part,
                quantity.hasUnit() ? cut(quantity.getUnit(), LONGEST_UNIT) : null
            });
        }
    }

    private void string(Place place, Base value) {
        if (value instanceof HumanName name) {
            string(place, name.getTextElement());
            string(place, name.getFamilyElement());
            name.getGiven().forEach(given -> string(place, given));
            name.getPrefix().forEach(prefix -> string(place, prefix));
            name.getSuffix().forEach(suffix -> string(place, suffix));
        } else if (value instanceof Address address) {
            string(place, address.getTextElement());
            address.getLine().forEach(line -> string(place, line));
            string(place, address.getCityElement());
            string(place, address.getDistrictElement());
            string(place, address.getStateElement());
            string(place, address.getPostalCodeElement());
            string(place, address.getCountryElement());
        } else if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            var text = Objects.requireNonNull(primitive.getValueAsString());
            if (place.seen.add(List.of(text))) {
                strings.add(new @Nullable Object[] {
                    place.owner.pk, place.owner.patientPk, place.param, fold(text), cut(text, LONGEST_STRING)
                });
            }
        }
    }

    private void uri(Place place, @Nullable String uri) {
        if (uri != null && place.seen.add(List.of(uri))) {
            uris.add(
                    new @Nullable Object[] {place.owner.pk, place.owner.patientPk, place.param, cut(uri, LONGEST_URI)});
        }
    }

    /** Lower case without accents: the form in which strings are compared. */
    static String fold(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        // Upper case first: some letters are two there, and people write either.
        return cut(plain.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT), LONGEST_STRING);
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

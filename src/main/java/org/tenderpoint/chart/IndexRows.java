package org.tenderpoint.chart;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("1e25");
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
        for (var param : type.params()) {
            var id = paramIds.id(type.name(), param.name());
            var seen = new HashSet<List<@Nullable Object>>();
            for (var value : param.valuesOf(resource)) {
                switch (param.kind()) {
                    case TOKEN -> token(pk, patientPk, id, value, seen);
                    case REFERENCE -> reference(pk, patientPk, id, value, targets);
                    case DATE -> date(pk, patientPk, id, value);
                    case QUANTITY -> quantity(pk, patientPk, id, value);
                    case STRING -> string(pk, patientPk, id, value, seen);
                    case URI -> uri(pk, patientPk, id, value.primitiveValue());
                    default -> throw new IllegalStateException("no index for " + param.kind());
                }
            }
        }
        var meta = resource.getMeta();
        if (meta.hasTag()) {
            var id = paramIds.id(type.name(), "_tag");
            meta.getTag().forEach(tag -> token(pk, patientPk, id, tag, new HashSet<>()));
        }
        if (meta.hasSecurity()) {
            var id = paramIds.id(type.name(), "_security");
            meta.getSecurity().forEach(label -> token(pk, patientPk, id, label, new HashSet<>()));
        }
        if (meta.hasProfile()) {
            var id = paramIds.id(type.name(), "_profile");
            meta.getProfile().forEach(profile -> uri(pk, patientPk, id, profile.getValue()));
        }
    }

    private void token(long pk, @Nullable Long patientPk, short param, Base value, Set<List<@Nullable Object>> seen) {
        if (value instanceof CodeableConcept concept) {
            concept.getCoding().forEach(coding -> token(pk, patientPk, param, coding, seen));
        } else if (value instanceof Coding coding) {
            tokenRow(pk, patientPk, param, coding.getSystem(), coding.getCode(), seen);
        } else if (value instanceof Identifier identifier) {
            tokenRow(pk, patientPk, param, identifier.getSystem(), identifier.getValue(), seen);
        } else if (value instanceof ContactPoint contact) {
            tokenRow(pk, patientPk, param, null, contact.getValue(), seen);
        } else if (value instanceof Enumeration<?> code && code.getValue() != null) {
            tokenRow(pk, patientPk, param, system(code), code.getValueAsString(), seen);
        } else if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            tokenRow(pk, patientPk, param, null, primitive.getValueAsString(), seen);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static String system(Enumeration<?> code) {
        return ((Enumeration) code).getEnumFactory().toSystem(code.getValue());
    }

    private void tokenRow(
            long pk,
            @Nullable Long patientPk,
            short param,
            @Nullable String system,
            @Nullable String code,
            Set<List<@Nullable Object>> seen) {
        if (code != null && seen.add(java.util.Arrays.asList(system, code))) {
            tokens.add(new @Nullable Object[] {
                pk, patientPk, param, system == null ? null : cut(system, LONGEST_TOKEN), cut(code, LONGEST_TOKEN)
            });
        }
    }

    private void reference(
            long pk, @Nullable Long patientPk, short param, Base value, Function<String, @Nullable Long> targets) {
        if (value instanceof Reference reference && reference.hasReference()) {
            var target = targets.apply(reference.getReference());
            if (target != null) {
                var type = reference
                        .getReference()
                        .substring(0, reference.getReference().indexOf('/'));
                references.add(new @Nullable Object[] {pk, patientPk, param, type, target});
            }
        }
    }

    private void date(long pk, @Nullable Long patientPk, short param, Base value) {
        FhirDates.of(value)
                .ifPresent(span ->
                        dates.add(new @Nullable Object[] {pk, patientPk, param, utc(span.low()), utc(span.high())}));
    }

    private void quantity(long pk, @Nullable Long patientPk, short param, Base value) {
        if (value instanceof Quantity quantity
                && quantity.hasValue()
                && quantity.getValue().abs().compareTo(LARGEST_AMOUNT) < 0) {
            var code = quantity.hasCode() ? quantity.getCode() : quantity.getUnit();
            quantities.add(new @Nullable Object[] {
                pk,
                patientPk,
                param,
                quantity.getValue().setScale(12, RoundingMode.HALF_EVEN),
                quantity.getSystem(),
                code == null ? null : cut(code, 100)
            });
        }
    }

    private void string(long pk, @Nullable Long patientPk, short param, Base value, Set<List<@Nullable Object>> seen) {
        if (value instanceof HumanName name) {
            string(pk, patientPk, param, name.getTextElement(), seen);
            string(pk, patientPk, param, name.getFamilyElement(), seen);
            name.getGiven().forEach(given -> string(pk, patientPk, param, given, seen));
            name.getPrefix().forEach(prefix -> string(pk, patientPk, param, prefix, seen));
            name.getSuffix().forEach(suffix -> string(pk, patientPk, param, suffix, seen));
        } else if (value instanceof Address address) {
            string(pk, patientPk, param, address.getTextElement(), seen);
            address.getLine().forEach(line -> string(pk, patientPk, param, line, seen));
            string(pk, patientPk, param, address.getCityElement(), seen);
            string(pk, patientPk, param, address.getStateElement(), seen);
            string(pk, patientPk, param, address.getPostalCodeElement(), seen);
            string(pk, patientPk, param, address.getCountryElement(), seen);
        } else if (value instanceof PrimitiveType<?> primitive && primitive.hasValue()) {
            var text = Objects.requireNonNull(primitive.getValueAsString());
            if (seen.add(List.of(text))) {
                strings.add(new @Nullable Object[] {pk, patientPk, param, fold(text), cut(text, LONGEST_STRING)});
            }
        }
    }

    private void uri(long pk, @Nullable Long patientPk, short param, @Nullable String uri) {
        if (uri != null) {
            uris.add(new @Nullable Object[] {pk, patientPk, param, cut(uri, LONGEST_URI)});
        }
    }

    /** Lower case without accents: the form in which strings are compared. */
    static String fold(String text) {
        var plain =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return cut(plain.toLowerCase(Locale.ROOT), LONGEST_STRING);
    }

    static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

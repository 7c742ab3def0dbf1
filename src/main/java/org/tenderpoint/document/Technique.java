package org.tenderpoint.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.server.RecordedDay;

/**
 * One technique of one visit, by its codes alone.
 *
 * @param procedure reference of the source
 * @param encounter reference of the visit; empty when it names none
 * @param day when it was done
 * @param name the technique
 * @param region body regions with their sides; empty for teaching and the like
 * @param minutes hands-on minutes; zero where none are recorded
 * @param cpt billing code; null where it has none
 * @param charted pressure, position and what goes with the billing code
 */
public record Technique(
        String procedure,
        String encounter,
        LocalDate day,
        String name,
        String region,
        int minutes,
        @Nullable String cpt,
        Charted charted) {

    /** The extension of a Procedure that carries the hands-on minutes. */
    public static final String MINUTES = "https://tenderpoint.org/fhir/StructureDefinition/technique-minutes";

    /** The extension of a body site that carries its side. */
    public static final String SIDE = "https://tenderpoint.org/fhir/StructureDefinition/side";

    /** Current Procedural Terminology: codes only, the descriptors are licensed. */
    public static final String CPT = "http://www.ama-assn.org/go/cpt";

    private static final int MINUTES_OF_A_DAY = 1440;

    /** Reads a Procedure; empty when it was not completed or its day is not known. */
    public static Optional<Technique> from(Procedure procedure) {
        if (procedure.getStatus() != Procedure.ProcedureStatus.COMPLETED) {
            return Optional.empty();
        }
        return RecordedDay.of(procedure.getPerformed())
                .map(day -> new Technique(
                        PatientRecord.idOf(procedure),
                        PatientRecord.idOf(procedure.getEncounter()),
                        day,
                        Words.coded(procedure.getCode()).orElse("Massage"),
                        procedure.getBodySite().stream().map(Technique::region).collect(Collectors.joining(", ")),
                        minutes(procedure),
                        Words.code(procedure.getCode(), CPT).orElse(null),
                        Charted.from(procedure)));
    }

    private static String region(CodeableConcept site) {
        var name = Words.coded(site).orElse("region not coded");
        var side = site.getExtensionByUrl(SIDE);
        return side != null && side.getValue() instanceof CodeableConcept concept
                ? name + ", " + Words.coded(concept).orElse("").toLowerCase(Locale.ROOT)
                : name;
    }

    private static int minutes(Procedure procedure) {
        var extension = procedure.getExtensionByUrl(MINUTES);
        var value = extension == null ? null : extension.getValue();
        var minutes = value instanceof Quantity quantity && quantity.hasValue() && isMinutes(quantity)
                ? quantity.getValue()
                : value instanceof IntegerType integer && integer.hasValue()
                        ? BigDecimal.valueOf(integer.getValue())
                        : BigDecimal.ZERO;
        return minutes.max(BigDecimal.ZERO)
                .min(BigDecimal.valueOf(MINUTES_OF_A_DAY))
                .intValue();
    }

    private static boolean isMinutes(Quantity quantity) {
        return "min".equals(quantity.getCode());
    }
}

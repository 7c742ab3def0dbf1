package org.tenderpoint.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Procedure;
import org.jspecify.annotations.Nullable;

/**
 * How a technique was given, as far as the therapist has charted it.
 *
 * @param pressure from 1, resting touch, to 5; null where not charted
 * @param position of the patient, by its code; empty where not charted
 * @param oneOnOne whether the therapist was with this patient alone; null where not charted
 * @param modifiers that go with the billing code, each two digits or capital letters
 */
public record Charted(@Nullable Integer pressure, String position, @Nullable Boolean oneOnOne, List<String> modifiers) {

    /** Nothing but what every technique has. */
    public static final Charted NOTHING = new Charted(null, "", null, List.of());

    public static final String PRESSURE = "https://tenderpoint.org/fhir/StructureDefinition/pressure-level";
    public static final String POSITION = "https://tenderpoint.org/fhir/StructureDefinition/treatment-position";
    public static final String ONE_ON_ONE = "https://tenderpoint.org/fhir/StructureDefinition/one-on-one";
    public static final String MODIFIER = "https://tenderpoint.org/fhir/StructureDefinition/billing-modifier";

    /** The extensions of a Procedure that say it. */
    public static final List<String> URLS = List.of(PRESSURE, POSITION, ONE_ON_ONE, MODIFIER);

    private static final int DEEPEST = 5;
    private static final Pattern MODIFIERS = Pattern.compile("[0-9A-Z]{2}");

    public Charted {
        modifiers = List.copyOf(modifiers);
    }

    static Charted from(Procedure procedure) {
        if (!procedure.hasExtension()) {
            return NOTHING;
        }
        Integer pressure = null;
        var position = "";
        Boolean oneOnOne = null;
        var modifiers = new ArrayList<String>();
        for (Extension extension : procedure.getExtension()) {
            var value = extension.getValue();
            switch (String.valueOf(extension.getUrl())) {
                case PRESSURE ->
                    pressure = value instanceof IntegerType level && level.hasValue() && isLevel(level.getValue())
                            ? level.getValue()
                            : null;
                case POSITION ->
                    position = value instanceof CodeableConcept concept
                            ? Words.coded(concept).orElse("").toLowerCase(Locale.ROOT)
                            : "";
                case ONE_ON_ONE -> oneOnOne = value instanceof BooleanType alone ? alone.getValue() : null;
                case MODIFIER -> {
                    if (value instanceof CodeType code && isModifier(code.getValue())) {
                        modifiers.add(code.getValue());
                    }
                }
                default -> {
                    // Minutes are read with the technique itself.
                }
            }
        }
        return new Charted(pressure, position, oneOnOne, modifiers);
    }

    private static boolean isLevel(int level) {
        return level >= 1 && level <= DEEPEST;
    }

    private static boolean isModifier(@Nullable String code) {
        return code != null && MODIFIERS.matcher(code).matches();
    }

    /** {@code pressure 3 of 5, prone}; empty where neither is charted. */
    public String manner() {
        var level = pressure == null ? "" : "pressure " + pressure + " of " + DEEPEST;
        return level.isEmpty() || position.isEmpty() ? level + position : level + ", " + position;
    }
}

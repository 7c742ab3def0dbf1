package org.tenderpoint.oracle;

import java.math.BigDecimal;
import java.util.List;
import org.hl7.fhir.r4.model.Age;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;

/**
 * Elements with everything in them that makes a search interesting: codes that are equal in two systems or have none, dates
 * of every precision, open periods, names with accents, texts with the characters that separate values.
 */
final class RandomElements {

    static final String PLACER = "http://terminology.hl7.org/CodeSystem/v2-0203";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final List<String> SYSTEMS =
            List.of("https://one.example.org/codes", "https://two.example.org/codes", "urn:oid:1.2.3");
    private static final List<String> CODES =
            List.of("8480-6", "8462-4", "A", "a", "x,y", "x|y", "x$y", "x\\y", "12 3");
    private static final List<String> TEXTS =
            List.of("better", "Better after rest", "worse, by far", "M\u00fcde", "50% $ | \\", "\u00c9lan", "(none)");
    private static final List<String> FAMILIES = List.of(
            "M\u00fcller", "Muller", "mulligan", "Smith, Jr", "D'Angelo", "\u00c5str\u00f6m", "Gro\u00df", "Ma", "Mu");
    private static final List<String> GIVEN =
            List.of("Ren\u00e9e", "Rene", "Asta", "asta-maria", "Jos\u00e9 Luis", "A_B", "A%B");

    private final Dice dice;
    private final List<Coding> known;

    /** @param known codes of the value sets that {@code :in} asks for */
    RandomElements(Dice dice, List<Coding> known) {
        this.dice = dice;
        this.known = known;
    }

    HumanName name() {
        var name = new HumanName();
        perhaps(85, () -> name.setFamily(dice.of(FAMILIES)));
        dice.some(GIVEN, 2).forEach(name::addGiven);
        perhaps(20, () -> name.addPrefix("Dr."));
        perhaps(20, () -> name.setText(dice.of(GIVEN) + " " + dice.of(FAMILIES)));
        return name;
    }

    Type onset() {
        return switch (dice.below(4)) {
            case 0 -> period(true);
            case 1 -> new StringType(dice.of(TEXTS));
            case 2 -> {
                var age = new Age();
                age.setValue(dice.of(30, 42, 55)).setSystem(UCUM).setCode("a").setUnit("years");
                yield age;
            }
            default -> moment();
        };
    }

    CodeableConcept concept() {
        var concept = new CodeableConcept();
        concept.setText(dice.of(TEXTS));
        for (int i = dice.below(10) < 7 ? 1 : 2; i > 0; i--) {
            var code = dice.in100(20) ? dice.of(known) : new Coding(dice.of(SYSTEMS), dice.of(CODES), null);
            var coding = concept.addCoding().setCode(code.getCode());
            perhaps(85, () -> coding.setSystem(dice.in100(90) ? code.getSystem() : dice.of(SYSTEMS)));
        }
        return concept;
    }

    Identifier identifier() {
        var identifier = new Identifier().setValue(dice.of("N-1", "N-2", "n-1", "7|8", "7,8"));
        perhaps(75, () -> identifier.setSystem(dice.of("https://clinic.example.org/n", "urn:oid:1.2.3")));
        perhaps(50, () -> identifier.setType(new CodeableConcept(new Coding(PLACER, dice.of("MR", "VN"), null))));
        return identifier;
    }

    /** A reference that says by which identifier its target is known elsewhere. */
    Reference identified(Reference reference) {
        perhaps(40, () -> reference.setIdentifier(identifier()));
        return reference;
    }

    String uri() {
        return dice.of(
                "https://example.org/protocol/a",
                "https://example.org/protocol",
                "urn:uuid:53fefa32-1111-2222-3333-444455556666");
    }

    Type value() {
        return switch (dice.below(6)) {
            case 0 -> concept();
            case 1 -> new StringType(dice.of(TEXTS));
            case 2 -> moment();
            default -> quantity();
        };
    }

    Quantity quantity() {
        var quantity = new Quantity()
                .setValue(new BigDecimal(
                        dice.of("5", "5.0", "5.4", "5.35", "5.45", "-5", "100", "99.5", "100.5", "0", "0.001", "120")));
        quantity.setSystem(UCUM).setCode(dice.of("mm", "mm[Hg]", "{score}", "cm"));
        perhaps(60, () -> quantity.setUnit(dice.of("mm", "mmHg", "points")));
        return quantity;
    }

    DateTimeType moment() {
        return new DateTimeType(dice.of(RandomValues.MOMENTS));
    }

    Period period(boolean mayBeOpen) {
        var period = new Period();
        var start = dice.of("2025", "2025-12", "2025-12-31", "2026-01-01T00:00:00Z", "2026-03-01T10:00:00+02:00");
        var end = dice.of("2026-03-09", "2026-03", "2026", "2026-03-09T11:00:00Z", "2026-07-01T00:00:00.000Z");
        perhaps(mayBeOpen ? 80 : 100, () -> period.setStartElement(new DateTimeType(start)));
        if (!period.hasStart() || dice.in100(75)) {
            period.setEndElement(new DateTimeType(end));
        }
        return period;
    }

    /** Does it in so many of a hundred cases. */
    void perhaps(int percent, Runnable act) {
        if (dice.in100(percent)) {
            act.run();
        }
    }
}

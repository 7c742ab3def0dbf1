package org.tenderpoint.match;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.Test;

class LikenessTest {

    @Test
    void sameIdentifierAndBirthDateAreCertainAndSayWhy() {
        var asked = somebody("Müller", "Ada", "1971-05-04");
        asked.addIdentifier().setSystem("urn:x").setValue("1");
        var known = somebody("MUELLER", "Ada", "1971-05-04");
        known.addIdentifier().setSystem("urn:x").setValue("1");

        var likeness = Likeness.of(asked, known);

        assertThat(likeness.grade()).isEqualTo(Grade.CERTAIN);
        assertThat(likeness.reasons())
                .contains("identifier agrees (+60)", "birth date agrees (+35)", "family name differs (-5)");
    }

    @Test
    void nameAndBirthDateAloneAreProbableWhateverTheAccents() {
        var likeness = Likeness.of(somebody("Müller", "Ada", "1971-05-04"), somebody("muller", "ADA", "1971-05-04"));

        assertThat(likeness.grade()).isEqualTo(Grade.PROBABLE);
        assertThat(likeness.points()).isEqualTo(75);
    }

    @Test
    void anotherBirthDateIsNeverCertainEvenWithTheSameIdentifier() {
        var asked = somebody("Holm", "Asta", "1971-05-04");
        asked.addIdentifier().setSystem("urn:x").setValue("1");
        var known = somebody("Holm", "Asta", "1944-11-30");
        known.addIdentifier().setSystem("urn:x").setValue("1");

        assertThat(Likeness.of(asked, known).grade()).isEqualTo(Grade.POSSIBLE);
    }

    @Test
    void slipInTheBirthDateOrAnInitialCountsForLess() {
        var known = somebody("Holm", "Asta", "1971-05-04");

        var turned = Likeness.of(somebody("Holm", "Asta", "1971-04-05"), known);
        var oneDigit = Likeness.of(somebody("Holm", "A", "1971-05-14"), known);

        assertThat(turned.reasons()).contains("birth date agrees but for one slip (+11)");
        assertThat(turned.points()).isGreaterThan(oneDigit.points());
        assertThat(oneDigit.reasons()).contains("initial of the given name agrees (+7)");
        assertThat(oneDigit.grade()).isEqualTo(Grade.POSSIBLE);
    }

    @Test
    void sameNameOfSomebodyBornOnAnotherDayIsNobody() {
        var asked = somebody("Holm", "Asta", "1971-05-04").setGender(AdministrativeGender.FEMALE);
        var known = somebody("Holm", "Asta", "1944-11-30").setGender(AdministrativeGender.MALE);

        assertThat(Likeness.of(asked, known).grade()).isEqualTo(Grade.CERTAINLY_NOT);
    }

    private static Patient somebody(String family, String given, String born) {
        var patient = new Patient();
        patient.addName().setFamily(family).addGiven(given);
        patient.setBirthDateElement(new DateType(born));
        return patient;
    }
}

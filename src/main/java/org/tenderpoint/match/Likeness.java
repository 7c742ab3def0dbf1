package org.tenderpoint.match;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;

/**
 * How alike two patients are, in hundredths, and why. Each element that both have adds its points where it agrees and
 * takes some away where it contradicts; the same two patients always come out the same.
 *
 * @param points 0 to 100
 * @param reasons what agreed and what did not; names elements and repeats no values
 */
record Likeness(int points, Grade grade, List<String> reasons) {

    private static final int IDENTIFIER = 60;
    private static final int FAMILY = 25;
    private static final int GIVEN = 15;
    private static final int BIRTH_DATE = 35;
    private static final int GENDER = 5;
    private static final int TELECOM = 15;
    private static final int ADDRESS = 5;
    private static final int ANOTHER_BIRTH_DATE = -30;
    private static final int ANOTHER_GENDER = -10;
    private static final int ANOTHER_FAMILY = -5;

    private static final int CERTAIN = 90;
    private static final int PROBABLE = 70;
    private static final int POSSIBLE = 40;

    private static final Pattern MARKS = Pattern.compile("[\\p{M}]+");
    private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]+");

    Likeness {
        reasons = List.copyOf(reasons);
    }

    /** @param asked what somebody knows */
    static Likeness of(Patient asked, Patient known) {
        var reasons = new ArrayList<String>();
        var points = 0;
        var identified = sharesAny(identifiers(asked), identifiers(known));
        if (identified) {
            points += because(reasons, IDENTIFIER, "identifier agrees");
        }
        var family = compare(families(asked), families(known));
        points += family > 0
                ? because(reasons, FAMILY, "family name agrees")
                : family < 0 ? because(reasons, ANOTHER_FAMILY, "family name differs") : 0;
        points += givenNames(asked, known, reasons);
        var born = birthDate(asked, known, reasons);
        points += born;
        if (asked.hasGender() && known.hasGender()) {
            points += asked.getGender() == known.getGender()
                    ? because(reasons, GENDER, "gender agrees")
                    : because(reasons, ANOTHER_GENDER, "gender differs");
        }
        if (sharesAny(telecoms(asked), telecoms(known))) {
            points += because(reasons, TELECOM, "telephone or e-mail agrees");
        }
        if (sharesAny(addresses(asked), addresses(known))) {
            points += because(reasons, ADDRESS, "address agrees");
        }
        var bounded = Math.max(0, Math.min(100, points));
        return new Likeness(bounded, grade(bounded, born < 0), reasons);
    }

    // Two people share a telephone, an address and a name more often than anybody has two birth dates.
    private static Grade grade(int points, boolean bornOtherwise) {
        if (points >= CERTAIN && !bornOtherwise) {
            return Grade.CERTAIN;
        }
        if (points >= PROBABLE && !bornOtherwise) {
            return Grade.PROBABLE;
        }
        return points >= POSSIBLE || (bornOtherwise && points > 0 && points >= POSSIBLE / 2)
                ? Grade.POSSIBLE
                : Grade.CERTAINLY_NOT;
    }

    private static int because(List<String> reasons, int points, String reason) {
        reasons.add(reason + (points < 0 ? " (" : " (+") + points + ")");
        return points;
    }

    private static int givenNames(Patient asked, Patient known, List<String> reasons) {
        var these = givens(asked);
        var those = givens(known);
        if (sharesAny(these, those)) {
            return because(reasons, GIVEN, "given name agrees");
        }
        var initials = these.stream().anyMatch(one -> those.stream().anyMatch(other -> isInitial(one, other)));
        return initials ? because(reasons, GIVEN / 2, "initial of the given name agrees") : 0;
    }

    private static boolean isInitial(String one, String other) {
        return one.charAt(0) == other.charAt(0) && (one.length() == 1 || other.length() == 1);
    }

    private static int birthDate(Patient asked, Patient known, List<String> reasons) {
        if (!asked.hasBirthDate() || !known.hasBirthDate()) {
            return 0;
        }
        var one = asked.getBirthDateElement().getValueAsString();
        var other = known.getBirthDateElement().getValueAsString();
        if (one.equals(other)) {
            return one.length() == 10
                    ? because(reasons, BIRTH_DATE, "birth date agrees")
                    : because(reasons, BIRTH_DATE / 3, "year or month of birth agrees");
        }
        if (one.startsWith(other) || other.startsWith(one)) {
            return because(reasons, BIRTH_DATE / 3, "year or month of birth agrees");
        }
        return isSlip(one, other)
                ? because(reasons, BIRTH_DATE / 3, "birth date agrees but for one slip")
                : because(reasons, ANOTHER_BIRTH_DATE, "birth date differs");
    }

    /** One digit another, or month and day changed round. */
    private static boolean isSlip(String one, String other) {
        if (one.length() != 10 || other.length() != 10) {
            return false;
        }
        var differing = 0;
        for (int i = 0; i < one.length(); i++) {
            differing += one.charAt(i) == other.charAt(i) ? 0 : 1;
        }
        var turned = one.substring(0, 5) + one.substring(8) + "-" + one.substring(5, 7);
        return differing == 1 || turned.equals(other);
    }

    /** 1 where something is shared, -1 where both have something and nothing is shared, 0 where one has nothing. */
    private static int compare(Set<String> these, Set<String> those) {
        return these.isEmpty() || those.isEmpty() ? 0 : sharesAny(these, those) ? 1 : -1;
    }

    private static boolean sharesAny(Set<String> these, Set<String> those) {
        return these.stream().anyMatch(those::contains);
    }

    private static Set<String> identifiers(Patient patient) {
        return patient.getIdentifier().stream()
                .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
                .map(identifier ->
                        identifier.getSystem() + "|" + identifier.getValue().strip())
                .collect(Collectors.toSet());
    }

    private static Set<String> families(Patient patient) {
        return plain(patient.getName().stream().map(HumanName::getFamily));
    }

    private static Set<String> givens(Patient patient) {
        return plain(patient.getName().stream()
                .flatMap(name -> name.getGiven().stream())
                .map(StringType::getValue));
    }

    private static Set<String> telecoms(Patient patient) {
        return plain(patient.getTelecom().stream().map(ContactPoint::getValue));
    }

    private static Set<String> addresses(Patient patient) {
        return plain(patient.getAddress().stream()
                .filter(Address::hasPostalCode)
                .flatMap(address -> address.getLine().stream().map(line -> address.getPostalCode() + line.getValue())));
    }

    private static Set<String> plain(Stream<String> texts) {
        return texts.filter(text -> text != null)
                .map(Likeness::plain)
                .filter(text -> !text.isEmpty())
                .collect(Collectors.toSet());
    }

    /** Lower case, without accents, spaces and punctuation. */
    private static String plain(String text) {
        var letters =
                MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)).replaceAll("");
        return NO_LETTERS.matcher(letters).replaceAll("").toLowerCase(Locale.ROOT);
    }
}

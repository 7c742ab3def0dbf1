package org.tenderpoint.referral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.referral.Practices.CLINIC;
import static org.tenderpoint.referral.Practices.REFERRER;
import static org.tenderpoint.referral.Practices.clinic;
import static org.tenderpoint.referral.Practices.ehr;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.tenderpoint.Fixtures;

class ReferralClaimsTest {

    private static final String REFERRAL = "referral:https://lakeside-family.example.org/orders|LF-2026-0117#";

    private final FhirContext fhir = FhirContext.forR4Cached();
    private final ReferralClaims rule = new ReferralClaims(fhir);

    @Test
    void everyResourceOfAReferralIsClaimedUnderThePlacersNumber() {
        var sent = sent(bundle -> bundle);

        var claims = rule.claims(ehr(REFERRER), sent);

        assertThat(claims).hasSize(5);
        assertThat(claims.get(only(ServiceRequest.class, sent))).isEqualTo(REFERRAL + "ServiceRequest");
        assertThat(claims.get(only(Condition.class, sent)))
                .matches(java.util.regex.Pattern.quote(REFERRAL) + "Condition:[0-9a-f]{32}");
        assertThat(claims.get(only(Task.class, sent))).startsWith(REFERRAL + "Task:");
    }

    @Test
    void sameReferralGetsTheSameKeysWhateverTheOrderOfItsEntries() {
        var first = sent(bundle -> bundle);
        var second = sent(bundle -> bundle);
        Collections.reverse(second);

        assertThat(keys(second)).isEqualTo(keys(first));
    }

    @Test
    void sameReferralGetsTheSameKeysUnderOtherFullUrls() {
        var first = sent(bundle -> bundle);
        var second = sent(bundle -> bundle.replace("6f0b2b3e", "11112222"));

        assertThat(keys(second)).isEqualTo(keys(first));
    }

    @Test
    void absoluteFullUrlsAreReferencesInsideTheBundleToo() {
        var first = sent(bundle -> underUrls(bundle, "https://a.example.org/fhir/"));
        var second = sent(bundle -> underUrls(bundle, "https://b.example.org/fhir/"));

        assertThat(keys(second)).isEqualTo(keys(first));
    }

    @Test
    void idsAndTimesOfTheSendersOwnServerDoNotMatter() {
        var first = sent(bundle -> bundle);
        var second = sent(bundle -> bundle);
        for (var resource : second) {
            resource.setId("local-" + resource.fhirType());
            resource.getMeta().setVersionId("9").setLastUpdated(new java.util.Date(0));
        }

        assertThat(keys(second)).isEqualTo(keys(first));
    }

    @Test
    void otherContentGetsAnotherKeyOfTheSameSending() {
        var changed = sent(bundle -> bundle.replace("2025-12-15", "2025-11-15"));

        var key = rule.claims(ehr(REFERRER), changed).get(only(Condition.class, changed));

        assertThat(key).startsWith(REFERRAL);
        assertThat(keys(sent(bundle -> bundle))).doesNotContain(key);
    }

    @Test
    void patientWithANumberIsKnownByItAndNotByItsTelephone() {
        var first = sent(bundle -> bundle);
        var second = sent(bundle -> bundle.replace("555-0142", "555-0999"));

        assertThat(keys(second)).isEqualTo(keys(first));
        assertThat(rule.claims(ehr(REFERRER), first).get(only(Patient.class, first)))
                .startsWith("referral-patient:https://lakeside-family.example.org/orders|LF-2026-0117#Patient:");
    }

    @Test
    void otherPatientUnderTheSameNumberGetsAnotherKey() {
        var other = sent(bundle -> bundle.replace("884213", "884214"));

        assertThat(keys(other)).isNotEqualTo(keys(sent(bundle -> bundle)));
    }

    @Test
    void patientWithoutANumberIsClaimedByContent() {
        var sent = sent(bundle -> bundle);
        only(Patient.class, sent).setIdentifier(List.of());

        assertThat(rule.claims(ehr(REFERRER), sent).get(only(Patient.class, sent)))
                .startsWith(REFERRAL + "Patient:");
    }

    @Test
    void twinsAreNumbered() {
        var sent = sent(bundle -> bundle);
        sent.add(only(Condition.class, sent).copy());

        var keys = rule.claims(ehr(REFERRER), sent).values();

        assertThat(keys).doesNotHaveDuplicates().hasSize(6).anyMatch(key -> key.endsWith("#2"));
    }

    @Test
    void directoryAndReferralsWithoutANumberAreNotClaimed() {
        var sent = sent(bundle -> bundle);
        sent.add(new Practitioner());
        assertThat(rule.claims(ehr(REFERRER), sent)).hasSize(5);

        only(ServiceRequest.class, sent).setIdentifier(List.of());
        assertThat(rule.claims(ehr(REFERRER), sent)).isEmpty();
    }

    @Test
    void clinicsWritesAreNotClaimed() {
        assertThat(rule.claims(clinic(CLINIC), sent(bundle -> bundle))).isEmpty();
    }

    @Test
    void withoutAPlacersNumberTheFirstFullIdentifierCounts() {
        var order = new ServiceRequest();
        order.addIdentifier(new Identifier().setValue("no system"));
        order.addIdentifier(new Identifier().setSystem("https://a.example.org").setValue("1"));

        assertThat(rule.claims(ehr(REFERRER), List.of(order)).get(order))
                .isEqualTo("referral:https://a.example.org|1#ServiceRequest");
    }

    @Test
    void signsOfTheKeyItselfInANumberAreEscaped() {
        var order = new ServiceRequest();
        order.addIdentifier(
                new Identifier().setSystem("https://a.example.org/#x|y").setValue("1#2\u0000%"));

        assertThat(rule.claims(ehr(REFERRER), List.of(order)).get(order))
                .isEqualTo("referral:https://a.example.org/%0023x%007cy|1%00232%0000%0025#ServiceRequest");
    }

    @Test
    void longNumbersStayWithinTheColumn() {
        var first = longNumber("a");
        var second = longNumber("b");

        assertThat(first.getValue().length()).isLessThanOrEqualTo(700);
        assertThat(second.getValue()).isNotEqualTo(first.getValue());
    }

    @Test
    void withTwoReferralsEachResourceGoesWithItsOwn() {
        var sent = sent(bundle -> bundle);
        var other = new ServiceRequest();
        other.addIdentifier(new Identifier().setSystem("https://a.example.org").setValue("earlier"));
        var task = new Task();
        task.setFocus(referenceTo(other));
        sent.addAll(0, List.of(other, task));

        var claims = rule.claims(ehr(REFERRER), sent);

        assertThat(claims.get(task)).startsWith("referral:https://a.example.org|earlier#Task:");
        assertThat(claims.get(only(Condition.class, sent))).startsWith(REFERRAL);
    }

    private Map.Entry<Resource, String> longNumber(String end) {
        var order = new ServiceRequest();
        order.addIdentifier(new Identifier().setSystem("https://a.example.org").setValue("9".repeat(900) + end));
        return rule.claims(ehr(REFERRER), List.of(order)).entrySet().iterator().next();
    }

    private static String underUrls(String bundle, String base) {
        var types = List.of("Patient", "Condition", "Coverage", "ServiceRequest", "Task");
        var result = bundle;
        for (int i = 0; i < types.size(); i++) {
            var number = Integer.toString(i + 1);
            result = result.replace(
                    "urn:uuid:6f0b2b3e-000" + number + "-4c57-9d0e-00000000000" + number,
                    base + types.get(i) + "/n" + number);
        }
        return result;
    }

    private static Reference referenceTo(Resource target) {
        var reference = new Reference("urn:uuid:7f0b2b3e-0009-4c57-9d0e-000000000009");
        reference.setResource(target);
        return reference;
    }

    private List<Resource> sent(UnaryOperator<String> change) {
        var json = change.apply(Fixtures.read("referral/referral-bundle.json", Practices.IDS));
        var bundle = fhir.newJsonParser().parseResource(Bundle.class, json);
        return new ArrayList<>(bundle.getEntry().stream()
                .map(Bundle.BundleEntryComponent::getResource)
                .toList());
    }

    private TreeSet<String> keys(List<Resource> sent) {
        return new TreeSet<>(rule.claims(ehr(REFERRER), sent).values());
    }

    private static <T extends Resource> T only(Class<T> type, List<Resource> sent) {
        return sent.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}

package org.tenderpoint.synthea;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.tenderpoint.synthea.SyntheaJson.MAPPER;
import static org.tenderpoint.synthea.SyntheaJson.entries;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tenderpoint.synthea.SyntheaReferrals.Adult;

class SyntheaReferralsTest {

    private static final String REQUESTER = "Organization/ehr";
    private static final String CLINIC = "Organization/clinic";
    private static final String PAYOR = "Organization/payor";
    private static final LocalDate DAY_OF_REFERRAL = LocalDate.of(2026, 4, 1);

    /** The resources Synthea does not make. */
    private static final Set<String> ADDED = Set.of("ServiceRequest", "Task");

    private static final List<Adult> ADULTS = SyntheaReferrals.adults();

    static Stream<String> readableBundles() {
        return SyntheaTrim.READABLE.values().stream().sorted();
    }

    @Test
    void thereAreAtLeastTwentyPatientsAndNoneIsUnderEighteen() {
        assertThat(ADULTS).hasSizeGreaterThanOrEqualTo(20).doesNotHaveDuplicates();
        assertThat(ADULTS)
                .extracting(adult -> LocalDate.parse(
                        adult.patient().at("/resource/birthDate").asText()))
                .allMatch(born -> !born.isAfter(DAY_OF_REFERRAL.minusYears(18)));
    }

    @Test
    void theSetHasConditionsMedicationsAndInsurance() {
        var sent = ADULTS.stream()
                .flatMap(adult -> resources(strictlyParsed(adult)))
                .toList();

        assertThat(sent).filteredOn(Condition.class::isInstance).hasSizeGreaterThanOrEqualTo(200);
        assertThat(sent).filteredOn(MedicationRequest.class::isInstance).hasSizeGreaterThanOrEqualTo(60);
        assertThat(sent).filteredOn(Coverage.class::isInstance).hasSize(ADULTS.size());
    }

    @ParameterizedTest
    @FieldSource("ADULTS")
    void strictParserTakesTheReferralWithItsOneOrderAndOneTask(Adult adult) {
        var bundle = strictlyParsed(adult);

        assertThat(resources(bundle))
                .filteredOn(ServiceRequest.class::isInstance)
                .hasSize(1);
        assertThat(resources(bundle)).filteredOn(Task.class::isInstance).hasSize(1);
    }

    @ParameterizedTest
    @FieldSource("ADULTS")
    void everyReferenceLeadsIntoTheBundleOrToAGivenOrganization(Adult adult) throws IOException {
        var bundle = MAPPER.readTree(referral(adult));
        var known = new HashSet<>(List.of(REQUESTER, CLINIC, PAYOR));
        entries(bundle).forEach(entry -> known.add(entry.path("fullUrl").asText()));

        var named = bundle.findValuesAsText("reference");

        assertThat(named).isNotEmpty().isSubsetOf(known);
    }

    @ParameterizedTest
    @FieldSource("ADULTS")
    void whatSyntheaWroteIsSentAsItStandsApartFromTheReferencesNamed(Adult adult) throws IOException {
        var made = Stream.of(
                        List.of(adult.patient()), adult.conditions(), adult.medicationRequests(), adult.coverages())
                .flatMap(List::stream)
                .map(SyntheaReferralsTest::withoutTouchedElements)
                .toList();

        var sent = entries(MAPPER.readTree(referral(adult)))
                .filter(entry -> !ADDED.contains(entry.at("/request/url").asText()))
                .map(SyntheaReferralsTest::withoutTouchedElements);

        assertThat(sent).isNotEmpty().isSubsetOf(made);
    }

    @ParameterizedTest
    @FieldSource("ADULTS")
    void fullUrlsAreUniqueInTheBundle(Adult adult) {
        assertThat(strictlyParsed(adult).getEntry())
                .extracting(BundleEntryComponent::getFullUrl)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @FieldSource("ADULTS")
    void sendingAgainSendsTheSameBytes(Adult adult) {
        assertThat(referral(adult)).isEqualTo(referral(adult));
    }

    @Test
    void chronicLowBackPainIsTheReasonWhereThePatientHasIt() {
        var olson = ADULTS.get(0);

        var order = resources(strictlyParsed(olson))
                .filter(ServiceRequest.class::isInstance)
                .map(ServiceRequest.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(((Condition) order.getReasonReferenceFirstRep().getResource())
                        .getCode()
                        .getText())
                .isEqualTo("Chronic low back pain (finding)");
    }

    @ParameterizedTest
    @MethodSource("readableBundles")
    void readableBundleIsOneOfTheSet(String file) throws IOException {
        var set = Objects.requireNonNull(getClass().getResourceAsStream("/synthea/" + SyntheaTrim.ALL_ADULTS));
        try (var lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(set), UTF_8))) {
            var readable = MAPPER.readTree(getClass().getResourceAsStream("/synthea/" + file));

            assertThat(lines.lines()).contains(MAPPER.writeValueAsString(readable));
        }
    }

    private static JsonNode withoutTouchedElements(ObjectNode entry) {
        var resource = entry.withObjectProperty("resource").deepCopy();
        resource.remove("encounter");
        if (resource.get("requester") instanceof ObjectNode requester) {
            requester.retain("display");
        }
        if (resource.get("payor") instanceof ArrayNode payors) {
            resource.remove("id");
            payors.forEach(payor -> ((ObjectNode) payor).retain("display"));
        }
        return resource;
    }

    private static String referral(Adult adult) {
        return adult.referralBundle(REQUESTER, CLINIC, PAYOR);
    }

    private static Bundle strictlyParsed(Adult adult) {
        return strictParser().parseResource(Bundle.class, referral(adult));
    }

    private static IParser strictParser() {
        return FhirContext.forR4Cached().newJsonParser().setParserErrorHandler(new StrictErrorHandler());
    }

    private static Stream<Resource> resources(Bundle bundle) {
        return bundle.getEntry().stream().map(BundleEntryComponent::getResource);
    }
}

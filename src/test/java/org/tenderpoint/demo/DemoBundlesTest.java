package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.StrictErrorHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.CompositionStatus;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.tenderpoint.observation.MeasureRules;
import org.tenderpoint.observation.ObservationChecks;
import org.tenderpoint.profile.CheckDigits;

class DemoBundlesTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final LocalDate TODAY = LocalDate.of(2026, 4, 1);
    private static final DemoBundles BUNDLES = new DemoBundles(TODAY);
    private static final List<Course> COURSES = Course.ALL;

    @ParameterizedTest
    @FieldSource("COURSES")
    void everyBundleOfACourseIsStrictFhir(Course course) {
        var parser = FHIR.newJsonParser().setParserErrorHandler(new StrictErrorHandler());

        assertThat(bundles(course)).allSatisfy(bundle -> assertThatCode(
                        () -> parser.parseResource(Bundle.class, parser.encodeResourceToString(bundle)))
                .doesNotThrowAnyException());
    }

    @ParameterizedTest
    @FieldSource("COURSES")
    void everyReferenceLeadsIntoTheBundleOrIntoOneSentBefore(Course course) {
        var sent = new HashSet<String>();

        for (var bundle : bundles(course)) {
            bundle.getEntry().forEach(entry -> sent.add(entry.getFullUrl()));
            assertThat(elements(bundle, Reference.class))
                    .extracting(Reference::getReference)
                    .isSubsetOf(sent);
        }
    }

    @Test
    void noTwoResourcesShareAFullUrlOrACondition() {
        var entries = COURSES.stream()
                .flatMap(course -> bundles(course).stream().skip(1))
                .flatMap(bundle -> bundle.getEntry().stream())
                .toList();

        assertThat(entries).extracting(BundleEntryComponent::getFullUrl).doesNotHaveDuplicates();
        assertThat(entries)
                .extracting(entry -> entry.getRequest().getIfNoneExist())
                .doesNotHaveDuplicates()
                .allMatch(condition -> condition.startsWith("identifier=https://tenderpoint.org/demo/"));
    }

    @Test
    void npisPassTheirCheckAndBelongToNobody() {
        var npis = resources(BUNDLES.directory(), Practitioner.class)
                .map(practitioner -> practitioner.getIdentifierFirstRep())
                .filter(identifier -> Codes.NPI.equals(identifier.getSystem()))
                .map(identifier -> identifier.getValue())
                .toList();

        assertThat(npis).hasSize(9).allMatch(CheckDigits::isNpi).allMatch(npi -> npi.startsWith("99999"));
    }

    @Test
    void codesHaveTheirCheckDigits() {
        var codings = codings();

        assertThat(codings)
                .filteredOn(coding -> Codes.SNOMED.equals(coding.getSystem()))
                .extracting(Coding::getCode)
                .isNotEmpty()
                .allMatch(CheckDigits::isSnomed);
        assertThat(codings)
                .filteredOn(coding -> Codes.LOINC.equals(coding.getSystem()))
                .extracting(Coding::getCode)
                .isNotEmpty()
                .allMatch(CheckDigits::isLoinc);
    }

    @Test
    void localCodesStandInTheCodeSystem() throws IOException {
        var file = Path.of("profiles/fsh-generated/resources/CodeSystem-massage.json");
        var known = new HashSet<String>();
        var codeSystem = FHIR.newJsonParser().parseResource(CodeSystem.class, Files.readString(file));
        collect(codeSystem.getConcept(), known);

        assertThat(codings())
                .filteredOn(coding -> Codes.MASSAGE.equals(coding.getSystem()))
                .extracting(Coding::getCode)
                .isNotEmpty()
                .isSubsetOf(known);
    }

    @ParameterizedTest
    @FieldSource("COURSES")
    void scoresAreInRangeAndInTheirUnits(Course course) {
        var checks = new ObservationChecks(MeasureRules.load());

        assertThat(all(course.key(), Observation.class).flatMap(score -> checks.check(score).stream()))
                .isEmpty();
    }

    @Test
    void cptCodesComeWithoutTheirLicensedDescriptors() {
        assertThat(codings())
                .filteredOn(coding -> Codes.CPT.equals(coding.getSystem()))
                .isNotEmpty()
                .allMatch(coding -> !coding.hasDisplay());
    }

    @Test
    void coursesAreOverWheneverTheServerIsFirstStarted() {
        for (int day = 0; day < 400; day++) {
            var today = TODAY.plusDays(day);
            var midnight = today.atStartOfDay(Days.ZONE);
            for (var course : COURSES) {
                for (var visit : course.visits()) {
                    var start = Days.of(course, today).at(visit.day(), visit.time());
                    assertThat(told(start, visit)).isBeforeOrEqualTo(midnight);
                }
            }
        }
    }

    @Test
    void anaRespondsToEightVisits() {
        assertThat(course("ana").visits()).hasSize(8);
        assertThat(values("ana", Codes.LOINC, "91147-9")).containsExactly("6.7", "5.7", "4.3");
        assertThat(values("ana", Codes.LOINC, "71961-7")).startsWith("68").endsWith("62");
        assertThat(values("ana", Codes.LOINC, "71955-9")).startsWith("63").endsWith("57");
        assertThat(values("ana", Codes.MASSAGE, "phq-4")).startsWith("7");
        assertThat(values("ana", Codes.MASSAGE, "relief-duration"))
                .startsWith("6")
                .endsWith("36");
        assertThat(all("ana", AdverseEvent.class)).hasSize(2);
        assertThat(minutesOfVisit("ana", 0)).containsExactly(15, 15, 15);
    }

    @Test
    void anasMoodScoresAreLabelled() {
        assertThat(scores("ana", Codes.MASSAGE, "phq-4"))
                .allMatch(score ->
                        score.getMeta().getSecurity("http://terminology.hl7.org/CodeSystem/v3-ActCode", "PSY") != null);
    }

    @Test
    void bertGetsLightPressureAndGoesNowhere() {
        assertThat(values("bert", Codes.LOINC, "97909-6")).containsExactly("46", "44", "42");
        assertThat(all("bert", MedicationStatement.class))
                .extracting(drug -> drug.getMedicationCodeableConcept().getText())
                .contains("apixaban");
        assertThat(all("bert", CarePlan.class))
                .flatExtracting(CarePlan::getActivity)
                .filteredOn(activity -> activity.getDetail().getDoNotPerform())
                .isNotEmpty();
    }

    @Test
    void bertsLastVisitIsADraft() {
        var encounters = all("bert", Encounter.class).toList();

        assertThat(encounters.get(encounters.size() - 1).getStatus()).isEqualTo(EncounterStatus.INPROGRESS);
        assertThat(all("bert", Composition.class))
                .filteredOn(note -> note.getStatus() == CompositionStatus.PRELIMINARY)
                .hasSize(1);
        assertThat(COURSES.stream().flatMap(course -> course.visits().stream()).filter(Course.Visit::draft))
                .hasSize(1);
    }

    @Test
    void evaReturnsToWorkInSixVisitsWithinTwentyFourDays() {
        var eva = course("eva");

        assertThat(eva.visits()).hasSize(6);
        assertThat(eva.lastDay()).isLessThan(24);
        assertThat(values("eva", Codes.LOINC, "97909-6")).startsWith("44").endsWith("30");
        assertThat(values("eva", Codes.LOINC, "91147-9")).startsWith("6.7").endsWith("4.3");
        assertThat(scoresNamed("eva", "Sitting tolerance")).containsExactly("20", "30", "40", "60");
        assertThat(all("eva", MedicationStatement.class))
                .extracting(drug -> drug.getDosageFirstRep().getText())
                .containsExactly("400 mg, 4 times a day", "400 mg, once a day");
        assertThat(eva.visits()).allSatisfy(visit -> assertThat(eva.techniquesIn(visit).stream()
                        .mapToInt(Course.Technique::minutes)
                        .sum())
                .isBetween(23, 52));
    }

    @Test
    void kimGainsNothingInFourteenVisits() {
        var kim = course("kim");

        assertThat(kim.visits()).hasSize(14);
        assertThat(values("kim", Codes.LOINC, "82237-9")).containsExactly("24", "24", "23");
        assertThat(values("kim", Codes.MASSAGE, "relief-duration"))
                .hasSize(14)
                .allMatch(hours -> Integer.parseInt(hours) < 24);
        assertThat(minutesOfVisit("kim", 3)).containsExactly(24, 23);
    }

    private static List<Bundle> bundles(Course course) {
        var bundles = new ArrayList<Bundle>();
        bundles.add(BUNDLES.directory());
        bundles.add(BUNDLES.referral(course));
        BUNDLES.history(course).ifPresent(bundles::add);
        BUNDLES.plan(course).ifPresent(bundles::add);
        bundles.addAll(BUNDLES.sessions(course));
        return bundles;
    }

    private static Course course(String key) {
        return COURSES.stream()
                .filter(course -> course.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static <T extends Resource> Stream<T> all(String course, Class<T> type) {
        return bundles(course(course)).stream().flatMap(bundle -> resources(bundle, type));
    }

    private static <T extends Resource> Stream<T> resources(Bundle bundle, Class<T> type) {
        return bundle.getEntry().stream()
                .map(BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast);
    }

    private static List<Observation> scores(String course, String system, String code) {
        return all(course, Observation.class)
                .filter(observation -> observation.getCode().hasCoding(system, code))
                .toList();
    }

    private static List<String> values(String course, String system, String code) {
        return scores(course, system, code).stream().map(DemoBundlesTest::value).toList();
    }

    private static List<String> scoresNamed(String course, String name) {
        return all(course, Observation.class)
                .filter(observation -> name.equals(observation.getCode().getText()))
                .map(DemoBundlesTest::value)
                .toList();
    }

    private static String value(Observation observation) {
        return observation.getValueQuantity().getValue().toPlainString();
    }

    private static List<Integer> minutesOfVisit(String course, int visit) {
        return resources(BUNDLES.sessions(course(course)).get(visit), Procedure.class)
                .map(procedure -> (Quantity) procedure
                        .getExtensionByUrl("https://tenderpoint.org/fhir/StructureDefinition/technique-minutes")
                        .getValue())
                .map(minutes -> minutes.getValue().intValueExact())
                .toList();
    }

    private static <T extends IBase> Stream<T> elements(Bundle bundle, Class<T> type) {
        var terser = FHIR.newTerser();
        return bundle.getEntry().stream()
                .flatMap(entry -> terser.getAllPopulatedChildElementsOfType(entry.getResource(), type).stream());
    }

    private static List<Coding> codings() {
        return COURSES.stream()
                .flatMap(course -> bundles(course).stream())
                .flatMap(bundle -> elements(bundle, Coding.class))
                .toList();
    }

    /** When the last thing about a visit is known: a day later, or when the relief is over. */
    private static ZonedDateTime told(ZonedDateTime start, Course.Visit visit) {
        var hours = visit.relief() == 0 ? 0 : Math.max(24, visit.relief());
        return start.plusMinutes(90).plusHours(hours);
    }

    private static void collect(List<ConceptDefinitionComponent> concepts, HashSet<String> codes) {
        concepts.forEach(concept -> {
            codes.add(concept.getCode());
            collect(concept.getConcept(), codes);
        });
    }
}

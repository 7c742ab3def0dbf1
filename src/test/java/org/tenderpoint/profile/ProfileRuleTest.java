package org.tenderpoint.profile;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.testing.Judge;

/** What is checked on write, held against HAPI's instance validator. */
class ProfileRuleTest {

    private static final Logger log = LoggerFactory.getLogger(ProfileRuleTest.class);

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProfileRule RULE = new ProfileRule(FHIR);
    private static final Path EXAMPLES = Path.of("profiles/fsh-generated/resources");
    private static final Path FAILING = Path.of("profiles/input/failing");

    @ParameterizedTest(name = "{0}")
    @MethodSource("passing")
    void passingExampleKeepsToItsProfile(Path file) throws IOException {
        assertThat(issues(Files.readString(file))).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("failing")
    void failingExampleBreaksItsOwnInvariant(Path file) throws IOException {
        var invariant = file.getFileName().toString().replace("-fail.json", "");

        var issues = issues(Files.readString(file));

        if (isWarning(invariant)) {
            assertThat(issues).isEmpty();
        } else {
            assertThat(issues).extracting(Issue::code).containsExactly(invariant);
        }
    }

    /** The validator of HL7 takes every passing example, and none that breaks a rule. */
    @Test
    void instanceValidatorTakesWhatPassesAndRefusesWhatFails() throws IOException {
        var refused = new ArrayList<Path>();
        for (var file : passing().toList()) {
            if (errors(Files.readString(file))) {
                refused.add(file);
            }
        }
        var taken = new ArrayList<Path>();
        for (var file : failing().toList()) {
            var invariant = file.getFileName().toString().replace("-fail.json", "");
            if (!isWarning(invariant) && !errors(Files.readString(file))) {
                taken.add(file);
            }
        }

        assertThat(refused).isEmpty();
        assertThat(taken).isEmpty();
    }

    /** Both say the same of examples in which something was taken away, doubled or changed. */
    @Test
    void agreesWithTheInstanceValidatorOnMutatedExamples() throws IOException {
        var random = new Random(20261122);
        var differing = new ArrayList<String>();
        var compared = 0;
        var refused = 0;
        for (var file : examples().toList()) {
            for (int i = 0; i < 5; i++) {
                var mutated = (ObjectNode) JSON.readTree(file.toFile());
                var what = mutate(mutated, random);
                var text = mutated.toString();
                var base = mutated.deepCopy();
                ((ObjectNode) base.path("meta")).remove("profile");
                if (what.isEmpty() || !parses(text) || errors(base.toString())) {
                    // What R4 itself forbids is not a matter of profiles.
                    continue;
                }
                compared++;
                var ours = issues(text).stream()
                        .filter(issue -> !issue.code().startsWith("code-")
                                && !issue.code().startsWith("display-"))
                        .toList();
                var theirs = errors(text);
                refused += theirs ? 1 : 0;
                if (ours.isEmpty() == theirs) {
                    differing.add(
                            file.getFileName() + " " + what + ": " + (theirs ? "only the validator refuses" : ours));
                }
            }
        }
        log.info("{} mutations compared, {} refused by both", compared, refused);
        assertThat(differing).isEmpty();
        assertThat(compared).isGreaterThan(60);
        assertThat(refused).isGreaterThan(20);
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "http://snomed.info/sct, 387854002, , ",
        "http://snomed.info/sct, 387854003, , code-check-digit",
        "http://loinc.org, 72514-3, , ",
        "http://loinc.org, 72514-4, , code-check-digit",
        "http://loinc.org, LA6111-4, , ",
        "https://tenderpoint.org/fhir/CodeSystem/massage, effleurage, , ",
        "https://tenderpoint.org/fhir/CodeSystem/massage, pgic-2, , ",
        "https://tenderpoint.org/fhir/CodeSystem/massage, tickling, , code-unknown",
        "https://tenderpoint.org/fhir/CodeSystem/massage, effleurage, Effleurage, ",
        "https://tenderpoint.org/fhir/CodeSystem/massage, effleurage, Petrissage, display-contradicts-code",
        "http://snomed.info/sct, 24028007, Left, display-contradicts-code",
        "http://loinc.org, 72514-3, Heart rate, display-contradicts-code",
        "http://loinc.org, 72514-3, HEART RATE, display-contradicts-code",
        "http://loinc.org, 8867-4, Pain score, display-contradicts-code",
        "http://snomed.info/sct, 225908003, Respiratory rate, display-contradicts-code",
        "http://loinc.org, 72514-3, Pain severity - 0-10 verbal numeric rating [Score] - Reported, ",
        "http://loinc.org, 72514-3, Pain severity Score Reported, ",
        "http://loinc.org, 72514-3, Numeric rating scale, ",
        "http://loinc.org, 72514-3, NRS, ",
        "http://loinc.org, 70274-6, Generalised anxiety (GAD-7), ",
        "http://loinc.org, 44261-6, PHQ-9 total, ",
        "http://loinc.org, 4548-4, whatever a laboratory calls it, ",
        "http://example.org/own, anything, , "
    })
    void codesAreChecked(String system, String code, String display, String issue) {
        var coding = JSON.createObjectNode().put("system", system).put("code", code);
        if (display != null) {
            coding.put("display", display);
        }
        var text = "{\"resourceType\":\"Observation\",\"status\":\"final\",\"code\":{\"coding\":[" + coding + "]}}";

        var issues = issues(text);

        if (issue == null) {
            assertThat(issues).isEmpty();
        } else {
            assertThat(issues).extracting(Issue::code).containsExactly(issue);
            assertThat(issues.get(0).expression()).startsWith("Observation.code.coding[0].");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "{score}, true", "min, true", "h, true", "mm[Hg], true", "deg, true", "kPa, true", "10*9/L, true",
        "cm, true", "%, true", "/min, true", "kg/m2, true", "[lb_av], true", "10*3/uL, true", "{beats}/min, true",
        "points, false", "hours, false", "degrees, false", "kilos, false"
    })
    void unitsAreThoseOfUcum(String code, boolean isUnit) {
        assertThat(new UcumUnits().isUnit(code)).isEqualTo(isUnit);
    }

    @Test
    void triggerPointThatNamesItsProfileHasASide() throws IOException {
        var point = (ObjectNode) JSON.readTree(
                EXAMPLES.resolve("Observation-tp-triggerpoint-2-pass.json").toFile());
        ((ArrayNode) point.path("component")).remove(0);

        var issues = issues(point.toString());

        assertThat(issues).extracting(Issue::code).contains("profile-element-missing");
        assertThat(issues).extracting(Issue::expression).contains("Observation.component");
    }

    @Test
    void sessionIsCheckedInUnderAMillisecond() throws IOException {
        var session = new ArrayList<Resource>();
        for (var name : List.of(
                "Encounter-tp-encounter-1-pass",
                "Observation-tp-pain-1-pass",
                "Observation-tp-pain-3-pass",
                "Observation-tp-triggerpoint-1-pass",
                "Procedure-tp-technique-1-pass",
                "Procedure-tp-technique-2-pass",
                "Procedure-tp-technique-3-pass")) {
            session.add(parse(Files.readString(EXAMPLES.resolve(name + ".json"))));
        }
        for (int i = 0; i < 3000; i++) {
            session.forEach(resource -> RULE.check(resource, "Bundle"));
        }

        var best = Long.MAX_VALUE;
        for (int round = 0; round < 20; round++) {
            var begun = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                session.forEach(resource -> RULE.check(resource, "Bundle"));
            }
            best = Math.min(best, (System.nanoTime() - begun) / 100);
        }

        log.info("a session of seven resources that name their profiles is checked in {} microseconds", best / 1000);
        assertThat(best).isLessThan(1_000_000);
    }

    private static String mutate(ObjectNode resource, Random random) {
        var places = new ArrayList<Runnable>();
        var names = new ArrayList<String>();
        collect(resource, "", places, names, random);
        if (places.isEmpty()) {
            return "";
        }
        var chosen = random.nextInt(places.size());
        places.get(chosen).run();
        return names.get(chosen);
    }

    private static void collect(JsonNode node, String path, List<Runnable> places, List<String> names, Random random) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(property -> {
                var name = property.getKey();
                var at = path + "." + name;
                if (path.isEmpty()
                                && List.of("resourceType", "id", "meta", "text").contains(name)
                        || name.equals("reference")
                        || name.equals("url")) {
                    return;
                }
                places.add(() -> object.remove(name));
                names.add("without " + at);
                if (name.equals("code") && property.getValue().isTextual()) {
                    places.add(() -> object.put("code", "other"));
                    names.add("other " + at);
                }
                if (name.equals("system")) {
                    places.add(() -> object.put("system", "http://example.org/other"));
                    names.add("other " + at);
                }
                collect(property.getValue(), at, places, names, random);
            });
        } else if (node instanceof ArrayNode array && !array.isEmpty()) {
            places.add(() -> array.add(array.get(0).deepCopy()));
            names.add("twice " + path + "[0]");
            for (int i = 0; i < array.size(); i++) {
                var index = i;
                places.add(() -> array.remove(index));
                names.add("without " + path + "[" + i + "]");
                collect(array.get(i), path + "[" + i + "]", places, names, random);
            }
        }
    }

    private static boolean parses(String text) {
        try {
            parse(text);
            return true;
        } catch (RuntimeException no) {
            return false;
        }
    }

    private static boolean errors(String text) {
        return !Judge.errors(text, null).isEmpty();
    }

    private static boolean isWarning(String invariant) {
        return List.of("tp-pain-4", "tp-triggerpoint-1", "tp-technique-3", "tp-goal-2", "tp-relief-2")
                .contains(invariant);
    }

    private static List<Issue> issues(String text) {
        var resource = parse(text);
        return resource instanceof Bundle ? List.of() : RULE.check(resource, resource.fhirType());
    }

    private static Resource parse(String text) {
        return (Resource) FHIR.newJsonParser().parseResource(text);
    }

    static Stream<Path> passing() throws IOException {
        return Files.list(EXAMPLES)
                .filter(file -> !file.getFileName()
                        .toString()
                        .matches("(StructureDefinition|ValueSet|CodeSystem|ConceptMap|ImplementationGuide)-.*"))
                .sorted();
    }

    static Stream<Path> examples() throws IOException {
        return passing().filter(file -> file.getFileName().toString().contains("-tp-"));
    }

    static Stream<Path> failing() throws IOException {
        return Files.list(FAILING).sorted();
    }
}

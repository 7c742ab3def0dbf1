package org.tenderpoint.careplan;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Procedure;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Words;

/**
 * Something that a plan says is not to be done.
 *
 * @param codes what, as {@code system|code}
 * @param reason why, for people
 * @param since the first day on which it holds; from the beginning where null
 * @param areas where it holds; everywhere where empty
 */
record Restriction(Set<String> codes, String reason, @Nullable LocalDate since, List<CodeableConcept> areas) {

    /** On an activity of a plan: the part of the body to which it is confined. */
    static final String AREA = "https://tenderpoint.org/fhir/StructureDefinition/avoided-area";

    /** These lay no hands on. */
    private static final Set<String> TEACHING = Set.of("posture-education", "home-exercise-teaching");

    private static final String OURS = Words.MASSAGE + "|";

    Restriction {
        codes = Set.copyOf(codes);
        areas = List.copyOf(areas);
    }

    /** True if a technique is one that this forbids. */
    boolean forbids(Procedure technique, Forbids table) {
        return (areas.isEmpty() || isInOneOfTheAreas(technique, table.map())) && isForbidden(technique, table);
    }

    private boolean isInOneOfTheAreas(Procedure technique, BodyMap map) {
        var avoided =
                areas.stream().flatMap(area -> Area.of(area, map).stream()).toList();
        return technique.getBodySite().stream()
                .flatMap(site -> Area.of(site, map).stream())
                .anyMatch(site -> avoided.stream().anyMatch(area -> area.meets(site, map)));
    }

    private boolean isForbidden(Procedure technique, Forbids table) {
        var done =
                technique.getCode().getCoding().stream().map(Restriction::key).toList();
        // The code for massage in general stands on every technique; a plan that forbids heat does not mean it.
        if (done.stream().anyMatch(code -> codes.contains(code) && !code.endsWith("|387854002"))) {
            return true;
        }
        return codes.stream()
                .filter(code -> code.startsWith(OURS))
                .map(code -> table.restrictions().get(code.substring(OURS.length())))
                .filter(Objects::nonNull)
                .filter(scope -> !scope.needsArea() || !areas.isEmpty())
                .anyMatch(scope -> isForbidden(scope, done) && isThere(scope, technique.getBodySite()));
    }

    private static boolean isForbidden(Forbids.Scope scope, List<String> done) {
        var techniques = done.stream()
                .filter(code -> code.startsWith(OURS))
                .map(code -> code.substring(OURS.length()))
                .toList();
        return scope.everyTouch()
                ? techniques.isEmpty() || techniques.stream().anyMatch(code -> !TEACHING.contains(code))
                : techniques.stream().anyMatch(scope.techniques()::contains);
    }

    private static boolean isThere(Forbids.Scope scope, List<CodeableConcept> sites) {
        if (scope.sites().isEmpty() && scope.siteWords().isEmpty()) {
            return true;
        }
        return sites.stream()
                .anyMatch(site -> site.getCoding().stream()
                                .anyMatch(coding -> scope.sites().contains(coding.getCode()))
                        || words(site)
                                .anyMatch(text -> scope.siteWords().stream().anyMatch(text::contains)));
    }

    private static Stream<String> words(CodeableConcept site) {
        return Stream.concat(
                        Stream.of(site.getText()), site.getCoding().stream().map(Coding::getDisplay))
                .filter(Objects::nonNull)
                .map(text -> text.toLowerCase(Locale.ROOT));
    }

    static String key(Coding coding) {
        return coding.getSystem() + "|" + coding.getCode();
    }
}

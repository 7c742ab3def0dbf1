package org.tenderpoint.match;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.StringType;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.FhirJson;

/** Patients like the one that is described, among those that the caller may see anyway. */
@Component
final class PatientMatches {

    /** Most patients that are compared; a description that fits more says too little. */
    private static final int MOST_CANDIDATES = 1000;

    private static final String GRADE = "http://hl7.org/fhir/StructureDefinition/match-grade";

    private final Chart chart;
    private final FhirContext fhir;

    PatientMatches(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    private record Match(Stored stored, Patient patient, Likeness likeness) {}

    /**
     * @param onlyCertain true for the one patient that it certainly is, or nobody
     * @param most how many at most
     * @return best first, with an OperationOutcome that says why, patient by patient
     */
    Bundle of(Caller caller, Patient asked, boolean onlyCertain, int most, String base) {
        var searches = searches(asked);
        if (searches.isEmpty()) {
            throw Refused.badRequest(new Issue(
                    IssueType.REQUIRED,
                    "match-too-little",
                    "Parameters.parameter.where(name = 'resource').resource",
                    "A match needs an identifier with system, or two of family name, given name and birth date."));
        }
        var matches =
                chart.matches(caller, "$match", RecordTypes.require("Patient"), searches, MOST_CANDIDATES).stream()
                        .map(stored -> {
                            var patient = (Patient) FhirJson.parse(fhir, stored.json());
                            return new Match(stored, patient, Likeness.of(asked, patient));
                        })
                        .filter(match -> match.likeness.grade() != Grade.CERTAINLY_NOT)
                        .sorted(Comparator.comparing((Match match) -> match.likeness.grade())
                                .thenComparing(match -> -match.likeness.points())
                                .thenComparing(match -> match.stored.pk()))
                        .toList();
        if (onlyCertain) {
            var certain = matches.stream()
                    .filter(match -> match.likeness.grade() == Grade.CERTAIN)
                    .toList();
            matches = certain.size() == 1 ? certain : List.of();
        }
        return bundle(matches.stream().limit(most).toList(), base);
    }

    /** What leads to anybody who could be graded at all. */
    private static List<Map<String, String[]>> searches(Patient asked) {
        var searches = new ArrayList<Map<String, String[]>>();
        var identifiers = asked.getIdentifier().stream()
                .filter(identifier -> identifier.hasSystem() && identifier.hasValue())
                .map(identifier -> QueryReader.escaped(identifier.getSystem()) + "|"
                        + QueryReader.escaped(identifier.getValue().strip()))
                .limit(20)
                .collect(Collectors.joining(","));
        if (!identifiers.isEmpty()) {
            searches.add(Map.of("identifier", new String[] {identifiers}));
        }
        var born = asked.hasBirthDate() ? asked.getBirthDateElement().getValueAsString() : "";
        var family = asked.getName().stream()
                .filter(name -> name.hasFamily())
                .map(name -> QueryReader.escaped(name.getFamily()))
                .limit(5)
                .collect(Collectors.joining(","));
        var given = asked.getName().stream()
                .flatMap(name -> name.getGiven().stream())
                .filter(StringType::hasValue)
                .map(name -> QueryReader.escaped(name.getValue().substring(0, 1)))
                .limit(5)
                .collect(Collectors.joining(","));
        if (!born.isEmpty() && !family.isEmpty()) {
            // A slip in either of them is found by the other.
            searches.add(Map.of("birthdate", new String[] {born}));
        }
        if (!family.isEmpty() && !given.isEmpty()) {
            searches.add(Map.of("family", new String[] {family}, "given", new String[] {given}));
        }
        if (!born.isEmpty() && !given.isEmpty()) {
            searches.add(Map.of("birthdate", new String[] {born}, "given", new String[] {given}));
        }
        return searches;
    }

    private static Bundle bundle(List<Match> matches, String base) {
        var bundle = new Bundle().setType(BundleType.SEARCHSET).setTotal(matches.size());
        var why = new OperationOutcome();
        for (var match : matches) {
            var entry = bundle.addEntry()
                    .setFullUrl(base + "/" + match.stored.reference())
                    .setResource(match.patient);
            entry.getSearch()
                    .setMode(SearchEntryMode.MATCH)
                    .setScore(BigDecimal.valueOf(match.likeness.points(), 2))
                    .addExtension(GRADE, new CodeType(match.likeness.grade().code()));
            why.addIssue()
                    .setSeverity(IssueSeverity.INFORMATION)
                    .setCode(IssueType.INFORMATIONAL)
                    .setDiagnostics(match.stored.reference() + ": " + String.join(", ", match.likeness.reasons()));
        }
        if (!matches.isEmpty()) {
            bundle.addEntry().setResource(why).getSearch().setMode(SearchEntryMode.OUTCOME);
        }
        return bundle;
    }
}

package org.tenderpoint.chart;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.SearchParameter;
import org.hl7.fhir.r4.model.SearchParameter.SearchParameterComponentComponent;

/** The SearchParameters that R4 and US Core 6.1 define for the types that the chart keeps. */
final class OfficialParams {

    private static final String R4 = "/org/hl7/fhir/r4/model/sp/search-parameters.json";

    /**
     * One parameter of one type.
     *
     * @param expression FHIRPath, of this type alone where the definition lists several types
     * @param parts of a composite: FHIRPath of each part, from what {@code expression} finds
     */
    record Official(String type, String name, SearchParamType kind, String expression, List<String> parts) {}

    /** What US Core 6.1 adds to R4. */
    private static final List<Official> US_CORE = List.of(
            token("CareTeam", "role", "CareTeam.participant.role"),
            new Official(
                    "Condition",
                    "asserted-date",
                    SearchParamType.DATE,
                    "Condition.extension.where(url = 'http://hl7.org/fhir/StructureDefinition/condition-assertedDate')"
                            + ".value",
                    List.of()),
            token("Encounter", "discharge-disposition", "Encounter.hospitalization.dischargeDisposition"),
            token("Goal", "description", "Goal.description"),
            token("Patient", "race", inExtension("us-core-race")),
            token("Patient", "ethnicity", inExtension("us-core-ethnicity")),
            token(
                    "Patient",
                    "gender-identity",
                    "Patient.extension.where(url = 'http://hl7.org/fhir/us/core/StructureDefinition/"
                            + "us-core-genderIdentity').value.coding"));

    private OfficialParams() {}

    static List<Official> all() {
        return Stream.concat(ofR4(), US_CORE.stream()).toList();
    }

    private static Stream<Official> ofR4() {
        try (var text = new InputStreamReader(
                Objects.requireNonNull(OfficialParams.class.getResourceAsStream(R4)), StandardCharsets.UTF_8)) {
            return FhirContext.forR4Cached().newJsonParser().parseResource(Bundle.class, text).getEntry().stream()
                    .map(BundleEntryComponent::getResource)
                    .map(SearchParameter.class::cast)
                    .flatMap(param -> param.getBase().stream().map(base -> of(base.getCode(), param)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Official of(String type, SearchParameter param) {
        var own = Arrays.stream(String.valueOf(param.getExpression()).split(" \\| ", -1))
                .map(String::trim)
                .filter(part -> part.matches("\\(?\\s*" + type + "\\b.*"))
                .toList();
        return new Official(
                type,
                param.getCode(),
                param.getType(),
                String.join(" | ", own),
                param.getComponent().stream()
                        .map(SearchParameterComponentComponent::getExpression)
                        .toList());
    }

    private static Official token(String type, String name, String expression) {
        return new Official(type, name, SearchParamType.TOKEN, expression, List.of());
    }

    // The published expression ends in .code, which leaves the system out; the codes are the same.
    private static String inExtension(String id) {
        return "Patient.extension.where(url = 'http://hl7.org/fhir/us/core/StructureDefinition/" + id
                + "').extension.value.ofType(Coding)";
    }
}

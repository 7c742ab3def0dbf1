package org.tenderpoint.questionnaire;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.UUID;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Questionnaire;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.UriType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.issue.Issue;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Questionnaire/$populate} and {@code Questionnaire/[id]/$populate}. */
@Component
public final class PopulateProvider implements FhirProvider {

    private final Forms forms;
    private final Population population;
    private final Chart chart;
    private final FhirContext fhir;

    PopulateProvider(Forms forms, Population population, Chart chart, FhirContext fhir) {
        this.forms = forms;
        this.population = population;
        this.chart = chart;
        this.fhir = fhir;
    }

    /** A response to a form, filled in as far as the record knows the answers; nothing is written. */
    @Operation(name = "$populate", typeName = "Questionnaire")
    @Description(shortDefinition = "Begins a response with what the record says already")
    public Parameters populate(
            @IdParam(optional = true) @Nullable IdType id,
            @OperationParam(name = "canonical", max = 1) @Nullable UriType canonical,
            @OperationParam(name = "subject", max = 1) @Nullable Reference subject,
            RequestDetails request) {
        var caller = Callers.current();
        var response =
                population.fill(caller, form(caller, id, canonical), patient(subject, request.getFhirServerBase()));
        var answer = new Parameters();
        answer.addParameter().setName("response").setResource(response);
        return answer;
    }

    private Questionnaire form(Caller caller, @Nullable IdType id, @Nullable UriType canonical) {
        if (id != null) {
            var stored = chart.read(caller, "Questionnaire", RequestForms.uuid(id));
            return (Questionnaire) FhirJson.parse(fhir, stored.json());
        }
        if (canonical == null) {
            throw Refused.badRequest(Issue.required(
                    "populate-form",
                    parameter("canonical"),
                    "Say which form: its canonical URL as parameter canonical, or its id in the URL."));
        }
        return forms.find(caller, canonical.getValue()).orElseThrow(Refused::notFound);
    }

    private static UUID patient(@Nullable Reference subject, String base) {
        var id = subject == null
                ? null
                : RequestForms.uuidOrNull(subject.getReferenceElement().getIdPart());
        if (subject == null
                || id == null
                || isElsewhere(subject, base)
                || !"Patient".equals(subject.getReferenceElement().getResourceType())) {
            throw Refused.badRequest(Issue.required(
                    "populate-subject",
                    parameter("subject"),
                    "Say for whom: a reference to one of ours such as Patient/id."));
        }
        return id;
    }

    /** Another server's patient is not ours, whatever her id. */
    private static boolean isElsewhere(Reference subject, String base) {
        var reference = subject.getReferenceElement();
        return reference.isAbsolute() && !base.equals(reference.getBaseUrl());
    }

    private static String parameter(String name) {
        return "Parameters.parameter.where(name = '" + name + "')";
    }
}

package org.tenderpoint.document;

import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import jakarta.servlet.http.HttpServletResponse;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code Composition/{id}/$document}. */
@Component
public final class DocumentProvider implements FhirProvider {

    private final StoredDocuments documents;

    DocumentProvider(StoredDocuments documents) {
        this.documents = documents;
    }

    /** The document of a Composition, stored on request. */
    @Operation(name = "$document", typeName = "Composition", idempotent = true)
    @Description(shortDefinition = "The document Bundle of a Composition, with what it points at")
    public Bundle document(
            @IdParam IdType composition,
            @OperationParam(name = "persist", max = 1) @Nullable BooleanType persist,
            RequestDetails request,
            HttpServletResponse response) {
        var base = request.getFhirServerBase();
        if (persist == null || !persist.booleanValue()) {
            return documents.assemble(Callers.current(), RequestForms.uuid(composition), base);
        }
        var stored = documents.store(Callers.current(), RequestForms.uuid(composition), base);
        response.setHeader("Location", base + "/" + stored.getIdElement().getValue());
        return stored;
    }
}

package org.tenderpoint.audit;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.OptionalParam;
import ca.uhn.fhir.rest.annotation.Read;
import ca.uhn.fhir.rest.annotation.Search;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.param.DateAndListParam;
import ca.uhn.fhir.rest.param.ReferenceAndListParam;
import ca.uhn.fhir.rest.param.TokenAndListParam;
import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.AuditEvent;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.AuditBook;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;

/** {@code AuditEvent}: read and searched, and written by nobody. */
@Component
public final class AuditEventProvider implements FhirProvider, IResourceProvider {

    private final AuditBook book;

    AuditEventProvider(AuditBook book) {
        this.book = book;
    }

    @Override
    public Class<AuditEvent> getResourceType() {
        return AuditEvent.class;
    }

    @Read
    public AuditEvent read(@IdParam IdType id, RequestDetails request) {
        return BasicAudit.of(book.read(Callers.current(), RequestForms.uuid(id)), request.getFhirServerBase());
    }

    /** The parameters stand here for the CapabilityStatement; {@link AuditSearch} reads them as they were sent. */
    @Search(allowUnknownParams = true)
    public Bundle search(
            @OptionalParam(name = "patient") @Nullable ReferenceAndListParam patient,
            @OptionalParam(name = "date") @Nullable DateAndListParam date,
            @OptionalParam(name = "agent") @Nullable ReferenceAndListParam agent,
            @OptionalParam(name = "altid") @Nullable TokenAndListParam altid,
            @OptionalParam(name = "entity") @Nullable ReferenceAndListParam entity,
            @OptionalParam(name = "action") @Nullable TokenAndListParam action,
            @OptionalParam(name = "outcome") @Nullable TokenAndListParam outcome,
            @OptionalParam(name = "_id") @Nullable TokenAndListParam id,
            RequestDetails request) {
        var parameters = request.getParameters();
        var page = book.search(Callers.current(), AuditSearch.read(parameters));
        return AuditBundles.of(page, request.getFhirServerBase(), "/AuditEvent", parameters);
    }
}

package org.tenderpoint.profile;

import ca.uhn.fhir.rest.server.IResourceProvider;
import org.hl7.fhir.r4.model.Resource;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.RecordType;
import org.tenderpoint.server.TypeProviders;

/** {@code $validate} on every type that the chart keeps. */
@Component
final class ValidateProviders implements TypeProviders {

    private final Validations validations;

    ValidateProviders(Validations validations) {
        this.validations = validations;
    }

    @Override
    public <T extends Resource> IResourceProvider of(RecordType<T> type) {
        return new ValidateProvider<>(type, validations);
    }
}

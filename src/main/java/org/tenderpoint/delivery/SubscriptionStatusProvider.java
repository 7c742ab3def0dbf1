package org.tenderpoint.delivery;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.annotation.Description;
import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Subscription;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.server.Callers;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.FhirProvider;
import org.tenderpoint.server.RequestForms;
import org.tenderpoint.smart.BaseUrl;

/** {@code Subscription/[id]/$status}. */
@Component
public final class SubscriptionStatusProvider implements FhirProvider {

    private final Subscribers subscribers;
    private final FhirContext fhir;
    private final BaseUrl base;

    SubscriptionStatusProvider(Subscribers subscribers, FhirContext fhir, BaseUrl base) {
        this.subscribers = subscribers;
        this.fhir = fhir;
        this.base = base;
    }

    /** How a subscription is, and how many events it had. */
    @Operation(name = Subscribers.STATUS, typeName = "Subscription", idempotent = true)
    @Description(shortDefinition = "How a subscription is, and how many events its subscriber was told of")
    public Bundle status(@IdParam IdType id) {
        var uuid = RequestForms.uuid(id);
        var found = subscribers.status(Callers.current(), uuid);
        var subscription =
                (Subscription) FhirJson.parse(fhir, found.subscription().json());
        return new Notification(
                        base.fhir(),
                        uuid,
                        subscription.getCriteria(),
                        subscription.getStatus().toCode())
                .asked(found.sent());
    }
}

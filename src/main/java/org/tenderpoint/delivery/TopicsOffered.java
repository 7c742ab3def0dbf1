package org.tenderpoint.delivery;

import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.springframework.stereotype.Component;
import org.tenderpoint.server.CapabilityPart;

/** Says in the CapabilityStatement what one can subscribe to, in the way of the guide. */
@Component
class TopicsOffered implements CapabilityPart {

    @Override
    public void addTo(CapabilityStatementRestResourceComponent resource) {
        if (resource.getType().equals("Subscription")) {
            resource.addSupportedProfile(Backport.SUBSCRIPTION);
            Topic.urls().forEach(url -> resource.addExtension(Backport.TOPIC, new CanonicalType(url)));
        }
    }
}

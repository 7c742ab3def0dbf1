package org.tenderpoint.server;

import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;

/** What a room has to say in the CapabilityStatement besides what its endpoints say by themselves. */
@FunctionalInterface
public interface CapabilityPart {

    /** Adds to what is said of a resource type, where it is about that type. */
    void addTo(CapabilityStatementRestResourceComponent resource);
}

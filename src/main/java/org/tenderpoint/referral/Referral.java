package org.tenderpoint.referral;

import org.hl7.fhir.r4.model.ServiceRequest;

/**
 * A ServiceRequest on its way in.
 *
 * @param path FHIRPath of it in the request
 * @param order what was sent, not yet known to be complete
 */
record Referral(String path, ServiceRequest order) {

    /** FHIRPath of one of its elements. */
    String at(String element) {
        return path + "." + element;
    }
}

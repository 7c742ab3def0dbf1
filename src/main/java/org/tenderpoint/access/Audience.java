package org.tenderpoint.access;

import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/** Whom a resource is for, by its security labels, where that is not everybody who sees the record. */
public enum Audience {
    /** Made for payment: its author, the patient and whoever it is sent to. */
    PAYER,
    /** Kept from payers, because the patient has paid in full and asked for that (45 CFR 164.522(a)(1)(vi)). */
    NO_PAYER;

    private static final String PURPOSE = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    private static final String PRIVACY_LAW = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    /** The label of {@link #PAYER}: healthcare payment. */
    public static final Coding FOR_PAYMENT = new Coding(PURPOSE, "HPAYMT", "healthcare payment");

    private static final Coding SELF_PAY = new Coding(PRIVACY_LAW, "HIPAASelfPay", "HIPAA self-pay");

    /** None where it is for everybody. Being kept from payers weighs more. */
    public static Optional<Audience> of(Resource resource) {
        var labels = labels(resource).toList();
        if (labels.stream().anyMatch(label -> isSame(label, SELF_PAY))) {
            return Optional.of(NO_PAYER);
        }
        return labels.stream().anyMatch(label -> isSame(label, FOR_PAYMENT)) ? Optional.of(PAYER) : Optional.empty();
    }

    /** The labels of a resource and of all that it carries inside: a Bundle is as confidential as what is in it. */
    public static Stream<Coding> labels(Resource resource) {
        var own = resource.getMeta().getSecurity().stream();
        if (resource instanceof Bundle bundle) {
            return Stream.concat(
                    own,
                    bundle.getEntry().stream()
                            .filter(BundleEntryComponent::hasResource)
                            .flatMap(entry -> labels(entry.getResource())));
        }
        return resource instanceof DomainResource container
                ? Stream.concat(own, container.getContained().stream().flatMap(Audience::labels))
                : own;
    }

    private static boolean isSame(Coding one, Coding other) {
        return other.getSystem().equals(one.getSystem()) && other.getCode().equals(one.getCode());
    }
}

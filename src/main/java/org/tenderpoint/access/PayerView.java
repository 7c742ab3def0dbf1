package org.tenderpoint.access;

import java.util.Optional;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * The third layer: what an insurer may see of a resource, projected when it is written. Name, birth date, sex and
 * member number; no addresses, no telecom, no contacts (minimum necessary).
 *
 * @see "45 CFR 164.502(b)"
 */
public final class PayerView {

    /** The HL7 v2-0203 identifier type of a member number. */
    private static final String MEMBER_NUMBER = "MB";

    private PayerView() {}

    /** The projection, or none for types that an insurer sees whole. */
    public static Optional<Resource> of(Resource resource) {
        if (!(resource instanceof Patient patient)) {
            return Optional.empty();
        }
        var view = new Patient();
        view.setId(patient.getIdElement());
        view.setMeta(patient.getMeta());
        view.setIdentifier(patient.getIdentifier().stream()
                .filter(identifier -> identifier.getType().getCoding().stream()
                        .anyMatch(type -> MEMBER_NUMBER.equals(type.getCode())))
                .toList());
        view.setName(patient.getName());
        view.setActiveElement(patient.getActiveElement());
        view.setGenderElement(patient.getGenderElement());
        view.setBirthDateElement(patient.getBirthDateElement());
        return Optional.of(view);
    }
}

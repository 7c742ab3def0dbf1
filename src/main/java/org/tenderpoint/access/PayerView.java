package org.tenderpoint.access;

import java.util.Optional;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;

/**
 * The third layer: what an insurer may see of a resource, projected when it is written. Name, birth date, sex and
 * member number; no addresses, no telecom, no contacts (minimum necessary).
 *
 * @see "45 CFR 164.502(b)"
 */
public final class PayerView {

    private static final String IDENTIFIER_TYPE = "http://terminology.hl7.org/CodeSystem/v2-0203";

    /** The identifier type of a member number. */
    private static final String MEMBER_NUMBER = "MB";

    private PayerView() {}

    /** The projection, or none for types that an insurer sees whole. */
    public static Optional<Resource> of(Resource resource) {
        if (!(resource instanceof Patient patient)) {
            return Optional.empty();
        }
        var view = new Patient();
        view.setId(patient.getIdElement());
        view.getMeta()
                .setVersionId(patient.getMeta().getVersionId())
                .setLastUpdatedElement(patient.getMeta().getLastUpdatedElement());
        patient.getIdentifier().stream().filter(PayerView::isMemberNumber).forEach(number -> view.addIdentifier()
                .setSystem(number.getSystem())
                .setValue(number.getValue())
                .getType()
                .addCoding()
                .setSystem(IDENTIFIER_TYPE)
                .setCode(MEMBER_NUMBER));
        patient.getName().forEach(name -> view.addName(nameAlone(name)));
        if (patient.hasActive()) {
            view.setActive(patient.getActive());
        }
        view.setGender(patient.getGender());
        if (patient.hasBirthDate()) {
            view.setBirthDateElement(new DateType(patient.getBirthDateElement().getValueAsString()));
        }
        return Optional.of(view);
    }

    private static boolean isMemberNumber(Identifier identifier) {
        return identifier.getType().getCoding().stream()
                .anyMatch(type -> IDENTIFIER_TYPE.equals(type.getSystem()) && MEMBER_NUMBER.equals(type.getCode()));
    }

    // Value by value: an element that is handed over whole takes its extensions along.
    private static HumanName nameAlone(HumanName name) {
        var alone = new HumanName();
        alone.setUse(name.getUse());
        if (name.hasText()) {
            alone.setText(name.getText());
        }
        if (name.hasFamily()) {
            alone.setFamily(name.getFamily());
        }
        name.getPrefix().forEach(part -> alone.addPrefix(part.getValue()));
        name.getGiven().forEach(part -> alone.addGiven(part.getValue()));
        name.getSuffix().forEach(part -> alone.addSuffix(part.getValue()));
        return alone;
    }
}

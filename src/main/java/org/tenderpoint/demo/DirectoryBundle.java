package org.tenderpoint.demo;

import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.ContactPoint.ContactPointSystem;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.tenderpoint.demo.Directory.Firm;
import org.tenderpoint.demo.Directory.Person;

/** The organizations and their people, as an administrator registers them. */
final class DirectoryBundle {

    /** The identifier system by which treatment summaries know what a payer expects. */
    private static final String POLICY = "https://tenderpoint.org/fhir/payer-policy";

    private final DemoBundle bundle = new DemoBundle();

    static Bundle of(Directory directory) {
        var making = new DirectoryBundle();
        directory.organizations().forEach(making::organization);
        directory.practitioners().forEach(making::practitioner);
        return making.bundle.bundle();
    }

    private void organization(Firm firm) {
        var organization = new Organization().setActive(true).setName(firm.name());
        organization.addType(Codes.of(Codes.HL7 + "organization-type", firm.type()));
        organization.addTelecom().setSystem(ContactPointSystem.PHONE).setValue(firm.phone());
        organization
                .addAddress()
                .addLine("1 Example Street")
                .setCity(firm.city())
                .setState("WA")
                .setCountry("US");
        if (!firm.policy().isEmpty()) {
            organization.addIdentifier().setSystem(POLICY).setValue(firm.policy());
        }
        bundle.add(organization, firm.key());
    }

    private void practitioner(Person person) {
        var npi = new Identifier().setSystem(Codes.NPI).setValue(person.npi());
        npi.setType(new CodeableConcept().addCoding(Codes.coding(Codes.HL7 + "v2-0203", "NPI")));
        var practitioner = new Practitioner().setActive(true).addIdentifier(npi);
        practitioner.addName().setFamily(person.family()).addGiven(person.given());
        var specialty = Codes.concept(person.specialty());
        practitioner.addQualification().setCode(specialty.copy());
        bundle.add(practitioner, person.key());
        var role = new PractitionerRole().setActive(true).addSpecialty(specialty);
        role.addCode(specialty.copy());
        role.setPractitioner(DemoBundle.to("Practitioner", person.key()));
        role.setOrganization(DemoBundle.to("Organization", person.organization()));
        bundle.add(role, person.key());
    }
}

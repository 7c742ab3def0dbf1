package org.tenderpoint.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.BearerTokenAuthInterceptor;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.ArrayList;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Quantity;
import org.tenderpoint.testing.Database;
import org.tenderpoint.testing.EachDatabase;
import org.tenderpoint.testing.Server;

/** A program that uses HAPI's client works with the server as with any other. */
class HapiClientStoryTest {

    private static final String NUMBERS = "https://clinic.example.org/java";

    private static IGenericClient clientOf(Database database, String id) {
        var server = Server.on(database);
        var client = FhirContext.forR4Cached().newRestfulGenericClient(server.url() + "/fhir");
        client.registerInterceptor(new BearerTokenAuthInterceptor(server.as(id).token()));
        return client;
    }

    private static Patient patient(String number) {
        var patient = new Patient().setActive(true);
        patient.addIdentifier().setSystem(NUMBERS).setValue(number);
        patient.addName().setFamily("Holm").addGiven("Asta");
        return patient;
    }

    private static Observation weight(String subject, int day) {
        var weight = new Observation().setStatus(Observation.ObservationStatus.FINAL);
        weight.getCode().addCoding().setSystem("http://loinc.org").setCode("29463-7");
        weight.getSubject().setReference(subject);
        weight.setEffective(new DateTimeType("2026-03-0" + day));
        return weight.setValue(new Quantity()
                .setValue(60L + day)
                .setUnit("kg")
                .setSystem("http://unitsofmeasure.org")
                .setCode("kg"));
    }

    @EachDatabase
    void itLearnsWhatTheServerCanDo(Database database) {
        var statement = clientOf(database, "demo-clinic")
                .capabilities()
                .ofType(CapabilityStatement.class)
                .execute();

        assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
        assertThat(statement.getRestFirstRep().getResource())
                .extracting(resource -> resource.getType())
                .contains("Patient", "Observation", "ServiceRequest");
    }

    @EachDatabase
    void itCreatesReadsUpdatesAndReadsWhatWas(Database database) {
        var client = clientOf(database, "demo-clinic");

        var created =
                client.create().resource(patient(UUID.randomUUID().toString())).execute();
        var read = client.read()
                .resource(Patient.class)
                .withId(created.getId().getIdPart())
                .execute();
        client.update()
                .resource(read.setGender(AdministrativeGender.FEMALE))
                .withAdditionalHeader("If-Match", "W/\"1\"")
                .execute();
        var first = client.read()
                .resource(Patient.class)
                .withIdAndVersion(created.getId().getIdPart(), "1")
                .execute();
        var history = client.history()
                .onInstance(created.getId().toVersionless())
                .returnBundle(Bundle.class)
                .execute();

        assertThat(created.getCreated()).isTrue();
        assertThat(first.hasGender()).isFalse();
        assertThat(history.getEntry())
                .extracting(entry -> entry.getResource().getMeta().getVersionId())
                .containsExactly("2", "1");
    }

    @EachDatabase
    void itHearsThatSomebodyElseWasFaster(Database database) {
        var client = clientOf(database, "demo-clinic");
        var patient = (Patient) client.create()
                .resource(patient(UUID.randomUUID().toString()))
                .execute()
                .getResource();
        client.update()
                .resource(patient.setGender(AdministrativeGender.FEMALE))
                .withAdditionalHeader("If-Match", "W/\"1\"")
                .execute();

        var late = client.update()
                .resource(patient.setGender(AdministrativeGender.MALE))
                .withAdditionalHeader("If-Match", "W/\"1\"");
        var refused = catchThrowableOfType(PreconditionFailedException.class, late::execute);

        assertThat(((OperationOutcome) refused.getOperationOutcome())
                        .getIssueFirstRep()
                        .getDiagnostics())
                .isNotBlank();
    }

    @EachDatabase
    void itCreatesOnceUnderACondition(Database database) {
        var client = clientOf(database, "demo-clinic");
        var number = UUID.randomUUID().toString();
        var once = client.create()
                .resource(patient(number))
                .conditional()
                .where(Patient.IDENTIFIER.exactly().systemAndIdentifier(NUMBERS, number));

        var first = once.execute();
        var second = once.execute();

        assertThat(second.getId().getIdPart()).isEqualTo(first.getId().getIdPart());
        assertThat(second.getCreated()).isNotEqualTo(Boolean.TRUE);
    }

    @EachDatabase
    void itSendsATransactionAndSearchesPageByPage(Database database) {
        var client = clientOf(database, "demo-clinic");
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        var urn = "urn:uuid:" + UUID.randomUUID();
        bundle.addEntry()
                .setFullUrl(urn)
                .setResource(patient(UUID.randomUUID().toString()))
                .getRequest()
                .setMethod(Bundle.HTTPVerb.POST)
                .setUrl("Patient");
        for (int day = 1; day <= 5; day++) {
            bundle.addEntry()
                    .setFullUrl("urn:uuid:" + UUID.randomUUID())
                    .setResource(weight(urn, day))
                    .getRequest()
                    .setMethod(Bundle.HTTPVerb.POST)
                    .setUrl("Observation");
        }

        var answer = client.transaction().withBundle(bundle).execute();
        var patient = new IdType(answer.getEntryFirstRep().getResponse().getLocation());
        var values = new ArrayList<Integer>();
        var page = client.search()
                .forResource(Observation.class)
                .where(Observation.PATIENT.hasId(patient.toUnqualifiedVersionless()))
                .and(Observation.CODE.exactly().systemAndCode("http://loinc.org", "29463-7"))
                .sort()
                .descending(Observation.DATE)
                .count(2)
                .returnBundle(Bundle.class)
                .execute();
        for (var more = true; more; ) {
            page.getEntry()
                    .forEach(entry -> values.add(((Observation) entry.getResource())
                            .getValueQuantity()
                            .getValue()
                            .intValueExact()));
            more = page.getLink(Bundle.LINK_NEXT) != null;
            page = more ? client.loadPage().next(page).execute() : page;
        }

        assertThat(values).containsExactly(65, 64, 63, 62, 61);
    }

    @EachDatabase
    void itCallsAnOperation(Database database) {
        var server = Server.on(database);
        var walk = new Walk(server);
        var sent = walk.refer();
        walk.record(sent, "first-visit.json").expect(200);

        var document = clientOf(database, "demo-ehr")
                .operation()
                .onInstance(sent.referral())
                .named("$progress-summary")
                .withNoParameters(Parameters.class)
                .returnResourceType(Bundle.class)
                .execute();

        assertThat(document.getType()).isEqualTo(BundleType.DOCUMENT);
    }

    @EachDatabase
    void itIsToldThatThereIsNothing(Database database) {
        var read = clientOf(database, "demo-clinic")
                .read()
                .resource(Patient.class)
                .withId("00000000-0000-4000-8000-000000000000");

        assertThat(catchThrowableOfType(ResourceNotFoundException.class, read::execute))
                .isNotNull();
    }
}

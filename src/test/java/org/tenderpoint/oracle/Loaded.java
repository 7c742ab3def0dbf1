package org.tenderpoint.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/**
 * A random record that lies in a server, as the clinic reads it.
 *
 * @param mark the tag that all of it has
 * @param byType its resources, by type
 * @param around what they point at that was there before
 */
record Loaded(String mark, Map<String, List<Resource>> byType, Map<String, List<Resource>> around) {

    private static final int PATIENTS = 10;

    /** Sends a record and reads it back; half of its patients come with a referral. */
    static Loaded into(Server server, FhirContext fhir, Dice dice, List<Coding> known, String mark) {
        var made = new RandomRecord(dice, known, mark);
        var sent = new HashMap<String, Integer>();
        for (int i = 0; i < PATIENTS; i++) {
            String patient = null;
            if (i % 2 == 0) {
                patient = send(server.as("demo-ehr"), fhir, made.referral(), sent);
            }
            send(server.as("demo-clinic"), fhir, made.course(patient), sent);
        }
        var loaded = new TreeMap<String, List<Resource>>();
        var clinic = server.as("demo-clinic");
        sent.keySet()
                .forEach(type ->
                        loaded.put(type, read(clinic, fhir, type + "?_count=500&_tag=urn:tenderpoint:oracle|" + mark)));
        loaded.forEach((type, resources) -> assertThat(resources).as(type).hasSize(sent.get(type)));
        var organizations = read(clinic, fhir, "Organization?_count=500");
        return new Loaded(mark, Collections.unmodifiableMap(loaded), Map.of("Organization", organizations));
    }

    /** The record and what is around it, by type. */
    Map<String, List<Resource>> all() {
        var all = new TreeMap<>(byType);
        all.putAll(around);
        return Collections.unmodifiableMap(all);
    }

    /** The resources by {@code Type/id}. */
    Map<String, Resource> byReference() {
        var all = new LinkedHashMap<String, Resource>();
        all().values().forEach(resources -> resources.forEach(resource -> all.put(reference(resource), resource)));
        return all;
    }

    static String reference(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdElement().getIdPart();
    }

    /** Sends resources in one transaction and returns the patient among them, if there is one. */
    private static String send(Client client, FhirContext fhir, List<Resource> resources, Map<String, Integer> sent) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        for (var resource : resources) {
            sent.merge(resource.fhirType(), 1, Integer::sum);
            var urn = resource.getId();
            bundle.addEntry()
                    .setFullUrl(urn)
                    .setResource(resource)
                    .getRequest()
                    .setMethod(HTTPVerb.POST)
                    .setUrl(resource.fhirType());
        }
        var answer = client.bundle(fhir.newJsonParser().encodeResourceToString(bundle))
                .expect(200)
                .json();
        for (var entry : answer.path("entry")) {
            var location = entry.at("/response/location").asText();
            if (location.startsWith("Patient/")) {
                return location.split("/_history/", -1)[0];
            }
        }
        return "";
    }

    private static List<Resource> read(Client client, FhirContext fhir, String search) {
        var page = client.get("/" + search).expect(200);
        var bundle = fhir.newJsonParser().parseResource(Bundle.class, page.text());
        assertThat(bundle.getLink("next")).as("one page of " + search).isNull();
        var resources = new ArrayList<Resource>();
        bundle.getEntry().forEach(entry -> resources.add(entry.getResource()));
        return List.copyOf(resources);
    }
}

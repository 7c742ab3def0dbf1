package org.tenderpoint.matrix;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.UriType;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.testing.Client;
import org.tenderpoint.testing.Server;

/**
 * The resources of the matrix: P1 at North, referred by E1 and insured by the payer; P2 at South, referred by E2 and
 * insured by the other payer, with the same name and birth date.
 *
 * @param server where they are
 * @param ids FHIR ids by the names that the matrix uses
 */
public record Seed(Server server, Map<String, String> ids) {

    static final String NUMBERS = "urn:tenderpoint:test:mrn:";

    private static final String ORGANIZATIONS = "urn:tenderpoint:test:organization";
    /** The clients of the matrix that stand for an organization. */
    static final List<String> ORGANIZED = List.of("north", "south", "e1", "e2", "payer", "other-payer");

    private static final Caller ADMINISTRATOR =
            new Caller("test-administrator", Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM);

    static Seed in(Server server) {
        var seed = organizations(server, ORGANIZED);
        seed.referral("e1", "north", "payer", "1");
        seed.referral("e2", "south", "other-payer", "2");
        seed.charted("north", "1");
        seed.charted("south", "2");
        seed.onlyAtNorth();
        seed.linkByGroup();
        seed.lookAtTheFirst();
        seed.subscribed();
        return seed;
    }

    /** The organizations alone, each found again where it is there already. */
    public static Seed organizations(Server server, List<String> names) {
        var seed = new Seed(server, new LinkedHashMap<>());
        names.forEach(name -> seed.ids.put(name, seed.organization(name)));
        return seed;
    }

    public String id(String name) {
        return Objects.requireNonNull(ids.get(name), name);
    }

    /** Text with each {@code {name}} replaced by that resource's id. */
    String filled(String text) {
        var filled = text;
        for (var one : ids.entrySet()) {
            filled = filled.replace("{" + one.getKey() + "}", one.getValue());
        }
        return filled;
    }

    private String organization(String key) {
        var organization = new Organization().setActive(true).setName(key);
        organization.addIdentifier().setSystem(ORGANIZATIONS).setValue(key);
        organization.addExtension(
                "https://tenderpoint.org/fhir/StructureDefinition/identifier-namespace", new UriType(NUMBERS + key));
        var create = new Change.Create(organization, null, List.of(ORGANIZATIONS + "|" + key), null, "Organization");
        return server.bean(Chart.class)
                .commit(Change.by(ADMINISTRATOR).add(create))
                .get(0)
                .stored()
                .id()
                .toString();
    }

    public void referral(String ehr, String clinic, String payer, String number) {
        var entries = new ArrayList<String>();
        entries.add(Bodies.entry(
                "urn:uuid:00000000-0000-4000-8000-000000000001",
                "Patient",
                Bodies.patient(ehr, number),
                "identifier=" + NUMBERS + ehr + "|" + number));
        entries.add(Bodies.entry(
                "urn:uuid:00000000-0000-4000-8000-000000000002",
                "Condition",
                """
                {"resourceType":"Condition","subject":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},
                 "clinicalStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-clinical",
                  "code":"active"}]},"code":{"text":"Low back pain"}}""",
                null));
        entries.add(Bodies.entry(
                "urn:uuid:00000000-0000-4000-8000-000000000003",
                "Coverage",
                """
                {"resourceType":"Coverage","status":"active","subscriberId":"M-%s",
                 "beneficiary":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},
                 "payor":[{"reference":"Organization/%s"}]}"""
                        .formatted(number, id(payer)),
                null));
        entries.add(Bodies.entry(
                "urn:uuid:00000000-0000-4000-8000-000000000004",
                "ServiceRequest",
                Bodies.referral("urn:uuid:00000000-0000-4000-8000-000000000001", id(ehr)),
                null));
        entries.add(Bodies.entry(
                "urn:uuid:00000000-0000-4000-8000-000000000005",
                "Task",
                """
                {"resourceType":"Task","status":"requested","intent":"order",
                 "code":{"coding":[{"system":"http://hl7.org/fhir/CodeSystem/task-code","code":"fulfill"}]},
                 "focus":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000004"},
                 "for":{"reference":"urn:uuid:00000000-0000-4000-8000-000000000001"},
                 "requester":{"reference":"Organization/%s"},"owner":{"reference":"Organization/%s"}}"""
                        .formatted(id(ehr), id(clinic)),
                null));
        var answer = server.as(ehr).bundle(Bodies.transaction(entries)).expect(200);
        named(answer, List.of("P" + number, "CD" + number, "C" + number, "SR" + number, "T" + number));
    }

    private void charted(String clinic, String number) {
        var patient = "Patient/" + id("P" + number);
        ids.put("En" + number, create(clinic, "Encounter", Bodies.encounter(patient)));
        var encounter = "Encounter/" + id("En" + number);
        ids.put(
                "O" + number,
                create(clinic, "Observation", Bodies.pain(patient, encounter, number.equals("1") ? 6 : 3)));
    }

    private void onlyAtNorth() {
        var patient = "Patient/" + id("P1");
        ids.put("OS1", create("north", "Observation", Bodies.sensitive(patient)));
        ids.put(
                "B1",
                create(
                        "north",
                        "Binary",
                        """
                        {"resourceType":"Binary","contentType":"text/plain","data":"ZHJhZnQ=",
                         "securityContext":{"reference":"%s"}}"""
                                .formatted(patient)));
        ids.put(
                "D1",
                create(
                        "north",
                        "DocumentReference",
                        """
                        {"resourceType":"DocumentReference","status":"current","docStatus":"preliminary",
                         "subject":{"reference":"%s"},"content":[{"attachment":{"url":"Binary/%s"}}]}"""
                                .formatted(patient, id("B1"))));
        ids.put("S1", create("north", "Composition", Bodies.composition(patient, id("north"))));
        ids.put("TS1", create("north", "Bundle", Bodies.treatmentSummary(patient, id("north"), "1")));
        ids.put("TS2", create("north", "Bundle", Bodies.treatmentSummary(patient, id("north"), "2")));
        ids.put("M1", create("north", "Communication", Bodies.sent(patient, id("e1"), "Composition/" + id("S1"), "")));
        ids.put(
                "M2",
                create(
                        "north",
                        "Communication",
                        Bodies.sent(patient, id("payer"), "Bundle/" + id("TS1"), Bodies.FOR_PAYMENT)));
        ids.put(
                "M3",
                create(
                        "north",
                        "Communication",
                        Bodies.sent(patient, id("payer"), "Bundle/" + id("TS2"), Bodies.FOR_PAYMENT)));
        ids.put("K1", create("north", "Consent", Bodies.consent(patient, id("payer"), "active")));
        ids.put(
                "RP1",
                create(
                        "north",
                        "RelatedPerson",
                        """
                        {"resourceType":"RelatedPerson","active":true,"patient":{"reference":"%s"},
                         "relationship":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v3-RoleCode",
                          "code":"HPOWATT"}]}],"name":[{"family":"Proxy"}]}"""
                                .formatted(patient)));
        ids.put("P3", create("north", "Patient", Bodies.patient("north", "3").replace("Quist", "Third")));
        ids.put("O3", create("north", "Observation", Bodies.observation("Patient/" + id("P3"))));
    }

    /** What somebody has subscribed to who is none of the actors. */
    private void subscribed() {
        var address = "https://93.184.215.14/" + UUID.randomUUID();
        ids.put("told-ehr", organization("told-ehr"));
        create(
                "admin",
                "Endpoint",
                Bodies.endpoint("Organization/" + id("told-ehr"), address).replace("\"test\"", "\"active\""));
        ids.put("SB1", create("told-ehr", "Subscription", Bodies.subscription(address)));
    }

    /** What TA did and may look up again. */
    private void lookAtTheFirst() {
        var therapist = server.as("north");
        therapist.get("/Patient/" + id("P1")).expect(200);
        ids.put(
                "A1",
                therapist
                        .get("/AuditEvent?action=R&patient=" + id("P1") + "&_count=1")
                        .expect(200)
                        .json()
                        .at("/entry/0/resource/id")
                        .asText());
    }

    /** A link between the two patients that no door of the server would write. */
    private void linkByGroup() {
        ids.put(
                "G1",
                create(
                        "north",
                        "Group",
                        """
                        {"resourceType":"Group","type":"person","actual":true,
                         "member":[{"entity":{"reference":"Patient/%s"}}]}"""
                                .formatted(id("P1"))));
        var link =
                """
                insert into index_reference (resource_pk, param, target_type, target_pk)
                select a.pk, p.id, b.type, b.pk from resource a, resource b, search_param p
                where a.fhir_id = '%s' and b.fhir_id = '%s' and p.resource_type = a.type and p.name = '%s'""";
        execute(link.formatted(id("En1"), id("G1"), "appointment"));
        execute(link.formatted(id("G1"), id("P2"), "member"));
        execute(link.formatted(id("En2"), id("G1"), "appointment"));
    }

    void execute(String sql) {
        try (var connection = server.bean(DataSource.class).getConnection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private String create(String client, String type, String body) {
        return idOf(server.as(client).post("/" + type, body).expect(201).reference());
    }

    private void named(Client.Answer answer, List<String> names) {
        var entries = answer.json().path("entry");
        for (int i = 0; i < names.size(); i++) {
            var location = entries.path(i).at("/response/location").asText();
            ids.put(names.get(i), idOf(location.split("/_history/", -1)[0]));
        }
    }

    static String idOf(String reference) {
        return UUID.fromString(reference.substring(reference.indexOf('/') + 1)).toString();
    }
}

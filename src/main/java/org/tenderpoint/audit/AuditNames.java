package org.tenderpoint.audit;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.tenderpoint.chart.AuditEntry;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.server.RequestForms;

/** What practitioners and organizations are called, by the directory; nobody else's name is looked up. */
final class AuditNames {

    private static final String PRACTITIONER = "Practitioner/";

    private final Chart chart;
    private final FhirContext fhir;

    AuditNames(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    /** Names by reference. */
    Map<String, String> of(List<AuditEntry> entries) {
        var ids = new HashSet<UUID>();
        for (var entry : entries) {
            if (entry.organization() != null) {
                ids.add(entry.organization());
            }
            var person = entry.person();
            var id = person != null && person.startsWith(PRACTITIONER)
                    ? RequestForms.uuidOrNull(person.substring(PRACTITIONER.length()))
                    : null;
            if (id != null) {
                ids.add(id);
            }
        }
        var names = new HashMap<String, String>();
        for (var stored : chart.directory(ids)) {
            var resource = fhir.newJsonParser().parseResource(new String(stored.json(), StandardCharsets.UTF_8));
            if (resource instanceof Organization organization && organization.hasName()) {
                names.put("Organization/" + stored.id(), organization.getName());
            } else if (resource instanceof Practitioner practitioner && practitioner.hasName()) {
                names.put(
                        PRACTITIONER + stored.id(),
                        Objects.requireNonNull(practitioner.getNameFirstRep().getNameAsSingleString()));
            }
        }
        return names;
    }
}
